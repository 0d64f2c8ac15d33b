/* SPDX-License-Identifier: Apache-2.0 */
#include "vector-random.h"

#include <string.h>

#include "vector-session.h"

/* Round one twice (key, blinds, proof, blinds), round two (blinded secret, key's blinds, proof,
 * blinds), deriving. */
static const char order[] = "sbbsbb"
                            "sbbsbb"
                            "mbbsbb"
                            "mbb";

struct _VectorRandom
{
  GPtrArray *numbers; /* GBytes: scalars, or the whole stream */
  gboolean is_stream;
  guint next;
  guint n_draws;
};

static VectorRandom *
vector_random_new (gboolean is_stream)
{
  VectorRandom *self = g_new0 (VectorRandom, 1);

  self->numbers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->is_stream = is_stream;
  return self;
}

static void
add (VectorRandom *self, const char *hex)
{
  g_ptr_array_add (self->numbers, vector_bytes_from_hex (hex));
}

static void
add_draws (VectorRandom *self, JsonArray *draws)
{
  for (guint i = 0; i < json_array_get_length (draws); i++)
    {
      JsonObject *draw = json_array_get_object_element (draws, i);

      if (!g_str_has_prefix (json_object_get_string_member (draw, "use"), "blind"))
        add (self, json_object_get_string_member (draw, "hex"));
    }
}

VectorRandom *
vector_random_new_scalars (JsonObject *random)
{
  static const char *const names[] = { "x3", "v3", "x4", "v4", "v_round2" };
  VectorRandom *self;

  if (!json_object_has_member (random, "draws"))
    return vector_random_new_named (json_object_get_object_member (random, "scalars"), names);

  self = vector_random_new (FALSE);
  add_draws (self, json_object_get_array_member (random, "draws"));
  return self;
}

VectorRandom *
vector_random_new_stream (JsonObject *random)
{
  VectorRandom *self;
  JsonArray *draws;

  if (!json_object_has_member (random, "mbedtls_f_rng_draws"))
    return NULL;

  self = vector_random_new (TRUE);
  draws = json_object_get_array_member (random, "mbedtls_f_rng_draws");
  for (guint i = 0; i < json_array_get_length (draws); i++)
    add (self, json_array_get_string_element (draws, i));
  return self;
}

VectorRandom *
vector_random_new_named (JsonObject *scalars, const char *const names[5])
{
  static const char filler[] = "5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b";
  VectorRandom *self = vector_random_new (FALSE);

  for (guint i = 0; i < 5; i++)
    add (self, names[i] != NULL && json_object_has_member (scalars, names[i])
                   ? json_object_get_string_member (scalars, names[i])
                   : filler);
  return self;
}

void
vector_random_free (VectorRandom *self)
{
  g_ptr_array_unref (self->numbers);
  g_free (self);
}

gboolean
vector_random_fill (gpointer data, guint8 *out, gsize size_bytes)
{
  VectorRandom *self = data;
  char what;

  g_assert_cmpuint (self->n_draws, <, sizeof order - 1);
  what = order[self->n_draws++];
  g_assert_cmpuint (size_bytes, ==, what == 'm' ? 16 : 32);

  memset (out, 0x5a, size_bytes);
  if ((self->is_stream || what == 's') && self->next < self->numbers->len)
    {
      GBytes *number = g_ptr_array_index (self->numbers, self->next++);

      g_assert_cmpuint (g_bytes_get_size (number), ==, size_bytes);
      memcpy (out, g_bytes_get_data (number, NULL), size_bytes);
    }
  return TRUE;
}
