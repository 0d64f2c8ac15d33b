/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-rank.h"

#define N_INPUTS (1 + FL_WEAVE_FEATURES)

/* A network with one hidden layer; each row ends with its offset. Weights by
 * tests/bench/label/train-finder.py, from six made corpora (other seeds than the figures are taken
 * with). */
/* clang-format off */
static const float hidden[][N_INPUTS + 1] = {
  { 0.3038f, 0.3092f, 1.005f, 0.5183f, 0.6415f, -0.8416f, 1.633f, 0.5275f, 0.0001862f, 0.4978f, -2.345f, -1.529f, 3.155f, 1.845f, 1.274f, 0.6908f, -5.923f, 0.09581f, -0.2725f, 0.6217f },
  { -0.02763f, -0.1768f, -7.170f, -1.231f, -2.510f, 1.337f, -1.265f, 0.5693f, 0.0009697f, 0.07516f, -0.2612f, -0.3363f, 8.089f, 0.05235f, -4.023f, 7.322f, -5.206f, 0.03764f, -0.1198f, 5.099f },
  { -0.09583f, 0.05382f, 0.6396f, 1.123f, -4.559f, -3.474f, 0.5349f, 0.03707f, -0.002647f, -3.752f, 3.052f, -0.5174f, -8.918f, 0.4510f, 2.713f, -0.04527f, -2.072f, -0.03122f, -0.08311f, 0.9976f },
  { -0.09449f, 0.6948f, 4.070f, -1.103f, -7.301f, 1.509f, -2.050f, -0.4289f, 7.567e-06f, 0.4977f, 1.150f, -1.158f, -4.799f, -0.05046f, -1.348f, -4.856f, 6.651f, -2.729f, 0.1646f, -0.5298f },
  { 0.04160f, 0.5123f, 1.262f, 3.038f, -9.136f, -2.086f, -1.024f, -0.4628f, 0.0009047f, -2.554f, 0.4397f, -4.646f, 2.074f, -0.2196f, 2.104f, -0.6466f, 3.017f, 5.153f, 0.1085f, 0.9552f },
  { -0.1355f, 0.9188f, -3.318f, 3.107f, 2.579f, 0.3876f, -0.5133f, 0.1392f, -0.002510f, -0.2282f, -0.7664f, 1.204f, 14.21f, 1.825f, 1.099f, -5.736f, 6.717f, 0.5153f, -0.09316f, -7.596f },
  { 0.1121f, -0.05586f, -1.422f, -0.2282f, -6.340f, 0.8080f, -0.3494f, -0.2831f, 0.002110f, 0.07635f, 1.942f, -5.980f, 0.04489f, -3.217f, -1.472f, 1.771f, 2.998f, -0.8427f, -0.4893f, 4.879f },
  { 0.1951f, -1.337f, -0.9967f, -1.403f, 6.900f, 0.8659f, 1.251f, 0.8346f, 0.003829f, -0.9151f, -2.652f, -0.1275f, 1.991f, -0.3359f, 1.014f, 1.749f, -17.17f, -2.601f, -0.08216f, 7.271f },
};
static const float output[] = { 1.551f, -1.727f, -1.732f, -1.772f, 1.618f, -2.040f, 2.315f, -2.568f, -0.1204f };
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
