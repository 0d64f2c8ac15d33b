/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-rank.h"

#define N_INPUTS (1 + FL_WEAVE_FEATURES)

/* A network with one hidden layer; each row ends with its offset. Weights by
 * tests/bench/label/train-finder.py, from six made corpora of other seeds than the figures are
 * taken with, half of it rectangles, small sizes, dots and low contrast. */
/* clang-format off */
static const float hidden[][N_INPUTS + 1] = {
  { 0.1510f, 2.662f, -0.6471f, 2.178f, -13.65f, -0.6759f, -0.2704f, -0.5978f, -0.03464f, -0.8274f, 1.096f, -3.707f, 0.5057f, -0.8644f, -1.649f, 1.265f, -2.351f, 1.148f, 0.1347f, 0.3481f },
  { 0.07814f, 2.115f, -6.713f, 3.480f, 3.230f, -0.6659f, 2.027f, 0.4633f, 0.009137f, -1.609f, 0.3832f, 2.197f, 6.129f, -1.316f, -5.203f, 7.281f, -2.282f, 2.686f, 0.03728f, -7.575f },
  { -0.2170f, 0.01651f, -8.643f, 2.516f, -9.725f, 1.917f, -0.6434f, 0.01415f, -0.002888f, 0.8785f, -0.2330f, -2.308f, 1.953f, -0.01902f, 0.1285f, 6.718f, -4.252f, -4.681f, 0.2317f, 6.444f },
  { 0.2444f, -0.7573f, 2.561f, -1.690f, -7.123f, -4.644f, -2.178f, -1.164f, 0.001465f, 0.9259f, 2.050f, -2.035f, -0.3907f, 3.335f, -4.189f, -1.724f, -1.151f, -0.2470f, 0.6647f, 4.111f },
  { -0.03841f, -1.608f, -3.966f, 2.001f, 0.2449f, 0.5822f, -0.05848f, -1.061f, 0.002904f, 1.813f, -0.1086f, -0.9023f, -0.7092f, -4.069f, -0.3850f, -0.9440f, -3.076f, -4.288f, -0.4848f, 7.356f },
  { -0.4480f, 2.669f, -1.151f, 0.5305f, -4.787f, 1.287f, -0.6786f, -0.9388f, 0.02527f, -0.6702f, -1.589f, 0.3725f, 3.206f, -1.538f, 2.351f, -9.165f, 2.215f, -4.757f, -0.001959f, -1.053f },
  { 0.4051f, 0.7375f, 3.706f, 1.352f, -2.496f, -1.453f, -0.04563f, 0.3058f, 0.007189f, 4.736f, 1.328f, 0.1948f, -0.7693f, 2.354f, -1.964f, 0.2783f, -11.07f, -4.384f, 0.07714f, -8.326f },
  { 0.3046f, -1.424f, 1.932f, -1.561f, 0.009775f, -2.065f, 0.7884f, -0.09841f, -0.01787f, 0.4957f, 1.585f, -1.397f, 1.531f, -2.109f, 3.129f, 2.361f, -5.412f, 2.554f, -0.1424f, 1.607f },
};
static const float output[] = { 1.677f, -1.098f, -1.785f, -1.353f, 1.153f, -1.421f, 1.828f, -2.487f, 0.2677f };
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
