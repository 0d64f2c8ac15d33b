/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-rank.h"

#define N_INPUTS (1 + FL_WEAVE_FEATURES)

/* A network with one hidden layer; each row ends with its offset. Weights by
 * tests/bench/label/train-finder.py, from six made corpora (other seeds than the figures are taken
 * with). */
/* clang-format off */
static const float hidden[][N_INPUTS + 1] = {
  { 0.3124f, 1.967f, 1.488f, 0.9781f, -8.337f, -0.5372f, -0.1008f, -0.2721f, 0.3651f, -0.9089f, -0.4473f, -2.784f, 0.5439f, 0.6984f, 1.473f, -1.864f, -3.384f, 1.290f, 0.4597f, -1.103f },
  { -0.07955f, 2.108f, -7.180f, 5.470f, -0.7545f, -0.5002f, 0.5128f, 0.5563f, 0.3324f, -2.688f, -1.002f, 5.131f, 0.1668f, -1.310f, -5.476f, 0.8871f, -1.959f, -3.618f, 0.4610f, -4.497f },
  { -0.1071f, -0.6901f, -7.879f, 1.025f, -7.401f, 0.1596f, 0.02369f, 0.2235f, -0.07383f, 1.184f, 0.1511f, -3.017f, 4.339f, 0.4282f, 0.4509f, 6.645f, -1.793f, -4.472f, 0.3500f, 6.986f },
  { 0.1931f, -1.946f, 0.5320f, -3.396f, -6.990f, -6.520f, -3.378f, 0.3980f, 0.09602f, 1.083f, 3.681f, -0.6850f, -2.972f, 2.504f, -3.030f, -0.9444f, 7.114f, 0.9818f, -0.5510f, 5.874f },
  { 0.03361f, -1.097f, -2.577f, 1.318f, -4.310f, -0.09081f, -1.761f, -1.848f, -0.1585f, -1.695f, -0.8367f, -1.973f, -2.378f, -3.021f, 0.3282f, -1.315f, 5.531f, 2.437f, -0.5630f, 10.21f },
  { -0.3157f, 1.584f, -0.3402f, -2.964f, 1.812f, -0.002936f, 0.8017f, -1.129f, 0.05918f, -0.2300f, -3.664f, 0.5149f, 4.796f, -0.3145f, 3.018f, -9.723f, 4.335f, -5.633f, -0.04832f, 3.287f },
  { 0.1827f, 0.2425f, -1.678f, -1.231f, -6.660f, -3.302f, -0.01381f, 1.166f, -0.05072f, 2.258f, 1.136f, -0.6384f, -0.5952f, 0.1304f, -2.569f, -1.597f, -0.02138f, -6.324f, -1.028f, 4.157f },
  { -0.1482f, -1.534f, -2.935f, -0.4154f, 8.478f, -0.5699f, 1.041f, -0.3673f, 0.02385f, 1.134f, -1.902f, 1.449f, 3.026f, 0.8688f, 1.851f, -2.656f, 4.503f, -2.615f, -0.03927f, 0.6666f },
};
static const float output[] = { 1.485f, -1.171f, -2.019f, -1.297f, 1.105f, -1.369f, 1.551f, 2.056f, 0.1680f };
/* clang-format on */

float
fl_matrix_rank_weave (float window_score, const FlMatrixWeave *weave)
{
  float score = output[G_N_ELEMENTS (hidden)];

  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      float sum = hidden[i][0] * window_score + hidden[i][N_INPUTS];

      for (guint j = 0; j < FL_WEAVE_FEATURES; j++)
        sum += hidden[i][1 + j] * weave->features[j];
      score += output[i] * MAX (sum, 0.f);
    }
  return score;
}
