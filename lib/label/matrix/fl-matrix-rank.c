/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-rank.h"

#define N_INPUTS (1 + FL_WEAVE_FEATURES)

/* A network with one hidden layer; each row ends with its offset. Weights by
 * tests/bench/label/train-finder.py, from six made corpora (other seeds than the figures are taken
 * with). */
static const float
    hidden[][N_INPUTS + 1] = {
      { 0.06874f, 1.677f,     0.05250f, -0.3881f, -10.52f, -0.2882f, -0.4861f,
        -0.8344f, -0.001839f, 0.4591f,  -2.933f,  -5.669f, 8.871f,   0.8529f,
        3.026f,   -0.8519f,   -0.7709f, 2.199f,   0.3398f, 3.597f },
      { -0.01208f, -0.3414f,  -4.151f, 0.6886f, 0.8487f,  2.965f, 2.612f,
        -0.6660f,  0.001620f, 1.934f,  0.4088f, -1.876f,  15.43f, -1.662f,
        -2.801f,   5.374f,    -3.259f, 0.2565f, -0.3236f, -1.335f },
      { 0.1062f,  -0.6615f,  -1.310f, -1.682f, 0.5453f, -0.3095f, -0.3481f,
        -0.8226f, 0.003125f, -1.604f, -1.481f, 1.286f,  -6.024f,  -0.8711f,
        1.512f,   4.933f,    -16.39f, -2.000f, 0.4809f, 8.863f },
      { -0.1052f, 0.2232f,     -5.224f, 1.895f,   1.244f,   -2.627f, -2.297f,
        0.3989f,  -0.0007741f, -1.431f, -0.6443f, 2.604f,   1.415f,  1.953f,
        -1.992f,  0.1966f,     7.510f,  0.4138f,  -0.6037f, -0.3380f },
      { 0.06998f, 0.06190f,    -3.305f,  1.751f,  -7.331f,  1.563f, -0.2333f,
        -0.7047f, -0.0003966f, -0.8088f, 1.466f,  -7.690f,  8.525f, -3.457f,
        -0.3258f, 2.900f,      2.596f,   0.5140f, -0.5860f, 4.727f },
      { -0.07282f, 0.6621f,    3.652f,  -1.785f, -6.075f,  -0.05121f, -1.523f,
        -0.5567f,  0.0008760f, 0.9795f, 0.9801f, -0.1973f, 3.969f,    0.2092f,
        3.386f,    -2.528f,    8.435f,  -3.391f, 0.4060f,  -2.343f },
      { 0.01584f, 1.550f,      -4.605f,  -0.007199f, -1.594f,  0.2042f, 0.7691f,
        -0.1114f, -2.268e-05f, -0.3176f, -0.3759f,   -0.5339f, 8.269f,  0.9836f,
        3.738f,   -2.789f,     -4.115f,  3.329f,     -0.1917f, -2.146f },
      { 0.08662f, 0.2594f,     1.130f,  -2.921f, 7.513f,   0.2640f, 0.06326f,
        0.04822f, -0.0004768f, 0.7478f, 2.303f,  0.9950f,  -3.792f, -0.9410f,
        3.386f,   1.253f,      2.681f,  -1.574f, 0.09444f, -6.620f },
    };
static const float output[] = { 2.490f,  -1.808f, -2.108f, -1.577f, 2.390f,
                                -1.652f, -2.022f, 1.964f,  0.7961f };

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
