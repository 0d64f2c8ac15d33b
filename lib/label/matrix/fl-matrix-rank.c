/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-rank.h"

#define N_INPUTS (1 + FL_WEAVE_FEATURES)
#define N_HIDDEN 8

/* A network with one hidden layer; each row ends with its offset. */
typedef struct
{
  float hidden[N_HIDDEN][N_INPUTS + 1];
  float output[N_HIDDEN + 1];
} Network;

/* Weights by tests/bench/label/train-finder.py, from six made corpora of other seeds than the
 * figures are taken with. Half of what the first one learned from is rectangles, small sizes, dots
 * and low contrast. The second one is by an earlier form of it, which asked where symbols are and
 * not whether they are read. */
/* clang-format off */
static const Network is_read = {
  {
    { 0.1510f, 2.662f, -0.6471f, 2.178f, -13.65f, -0.6759f, -0.2704f, -0.5978f, -0.03464f, -0.8274f, 1.096f, -3.707f, 0.5057f, -0.8644f, -1.649f, 1.265f, -2.351f, 1.148f, 0.1347f, 0.3481f },
    { 0.07814f, 2.115f, -6.713f, 3.480f, 3.230f, -0.6659f, 2.027f, 0.4633f, 0.009137f, -1.609f, 0.3832f, 2.197f, 6.129f, -1.316f, -5.203f, 7.281f, -2.282f, 2.686f, 0.03728f, -7.575f },
    { -0.2170f, 0.01651f, -8.643f, 2.516f, -9.725f, 1.917f, -0.6434f, 0.01415f, -0.002888f, 0.8785f, -0.2330f, -2.308f, 1.953f, -0.01902f, 0.1285f, 6.718f, -4.252f, -4.681f, 0.2317f, 6.444f },
    { 0.2444f, -0.7573f, 2.561f, -1.690f, -7.123f, -4.644f, -2.178f, -1.164f, 0.001465f, 0.9259f, 2.050f, -2.035f, -0.3907f, 3.335f, -4.189f, -1.724f, -1.151f, -0.2470f, 0.6647f, 4.111f },
    { -0.03841f, -1.608f, -3.966f, 2.001f, 0.2449f, 0.5822f, -0.05848f, -1.061f, 0.002904f, 1.813f, -0.1086f, -0.9023f, -0.7092f, -4.069f, -0.3850f, -0.9440f, -3.076f, -4.288f, -0.4848f, 7.356f },
    { -0.4480f, 2.669f, -1.151f, 0.5305f, -4.787f, 1.287f, -0.6786f, -0.9388f, 0.02527f, -0.6702f, -1.589f, 0.3725f, 3.206f, -1.538f, 2.351f, -9.165f, 2.215f, -4.757f, -0.001959f, -1.053f },
    { 0.4051f, 0.7375f, 3.706f, 1.352f, -2.496f, -1.453f, -0.04563f, 0.3058f, 0.007189f, 4.736f, 1.328f, 0.1948f, -0.7693f, 2.354f, -1.964f, 0.2783f, -11.07f, -4.384f, 0.07714f, -8.326f },
    { 0.3046f, -1.424f, 1.932f, -1.561f, 0.009775f, -2.065f, 0.7884f, -0.09841f, -0.01787f, 0.4957f, 1.585f, -1.397f, 1.531f, -2.109f, 3.129f, 2.361f, -5.412f, 2.554f, -0.1424f, 1.607f },
  },
  { 1.677f, -1.098f, -1.785f, -1.353f, 1.153f, -1.421f, 1.828f, -2.487f, 0.2677f },
};
static const Network is_symbol = {
  {
    { 0.3038f, 0.3092f, 1.005f, 0.5183f, 0.6415f, -0.8416f, 1.633f, 0.5275f, 0.0001862f, 0.4978f, -2.345f, -1.529f, 3.155f, 1.845f, 1.274f, 0.6908f, -5.923f, 0.09581f, -0.2725f, 0.6217f },
    { -0.02763f, -0.1768f, -7.170f, -1.231f, -2.510f, 1.337f, -1.265f, 0.5693f, 0.0009697f, 0.07516f, -0.2612f, -0.3363f, 8.089f, 0.05235f, -4.023f, 7.322f, -5.206f, 0.03764f, -0.1198f, 5.099f },
    { -0.09583f, 0.05382f, 0.6396f, 1.123f, -4.559f, -3.474f, 0.5349f, 0.03707f, -0.002647f, -3.752f, 3.052f, -0.5174f, -8.918f, 0.4510f, 2.713f, -0.04527f, -2.072f, -0.03122f, -0.08311f, 0.9976f },
    { -0.09449f, 0.6948f, 4.070f, -1.103f, -7.301f, 1.509f, -2.050f, -0.4289f, 7.567e-06f, 0.4977f, 1.150f, -1.158f, -4.799f, -0.05046f, -1.348f, -4.856f, 6.651f, -2.729f, 0.1646f, -0.5298f },
    { 0.04160f, 0.5123f, 1.262f, 3.038f, -9.136f, -2.086f, -1.024f, -0.4628f, 0.0009047f, -2.554f, 0.4397f, -4.646f, 2.074f, -0.2196f, 2.104f, -0.6466f, 3.017f, 5.153f, 0.1085f, 0.9552f },
    { -0.1355f, 0.9188f, -3.318f, 3.107f, 2.579f, 0.3876f, -0.5133f, 0.1392f, -0.002510f, -0.2282f, -0.7664f, 1.204f, 14.21f, 1.825f, 1.099f, -5.736f, 6.717f, 0.5153f, -0.09316f, -7.596f },
    { 0.1121f, -0.05586f, -1.422f, -0.2282f, -6.340f, 0.8080f, -0.3494f, -0.2831f, 0.002110f, 0.07635f, 1.942f, -5.980f, 0.04489f, -3.217f, -1.472f, 1.771f, 2.998f, -0.8427f, -0.4893f, 4.879f },
    { 0.1951f, -1.337f, -0.9967f, -1.403f, 6.900f, 0.8659f, 1.251f, 0.8346f, 0.003829f, -0.9151f, -2.652f, -0.1275f, 1.991f, -0.3359f, 1.014f, 1.749f, -17.17f, -2.601f, -0.08216f, 7.271f },
  },
  { 1.551f, -1.727f, -1.732f, -1.772f, 1.618f, -2.040f, 2.315f, -2.568f, -0.1204f },
};
/* clang-format on */

static float
ask (const Network *network, float window_score, const FlMatrixWeave *weave)
{
  float score = network->output[N_HIDDEN];

  for (guint i = 0; i < N_HIDDEN; i++)
    {
      const float *weights = network->hidden[i];
      float sum = weights[0] * window_score + weights[N_INPUTS];

      for (guint j = 0; j < FL_WEAVE_FEATURES; j++)
        sum += weights[1 + j] * weave->features[j];
      score += network->output[i] * MAX (sum, 0.f);
    }
  return score;
}

float
fl_matrix_rank_weave (float window_score, const FlMatrixWeave *weave)
{
  return ask (&is_read, window_score, weave);
}

float
fl_matrix_rank_likeness (float window_score, const FlMatrixWeave *weave)
{
  return ask (&is_symbol, window_score, weave);
}
