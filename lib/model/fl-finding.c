/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-finding"
#include "config.h"

#include "fl-finding.h"

G_DEFINE_ENUM_TYPE (FlVerdict,
                    fl_verdict,
                    G_DEFINE_ENUM_VALUE (FL_VERDICT_GOOD, "good"),
                    G_DEFINE_ENUM_VALUE (FL_VERDICT_DOUBTFUL, "doubtful"),
                    G_DEFINE_ENUM_VALUE (FL_VERDICT_BROKEN, "broken"),
                    G_DEFINE_ENUM_VALUE (FL_VERDICT_UNKNOWN, "unknown"))
G_DEFINE_ENUM_TYPE (FlBlame,
                    fl_blame,
                    G_DEFINE_ENUM_VALUE (FL_BLAME_NOBODY, "nobody"),
                    G_DEFINE_ENUM_VALUE (FL_BLAME_DEVICE, "device"),
                    G_DEFINE_ENUM_VALUE (FL_BLAME_NETWORK, "network"),
                    G_DEFINE_ENUM_VALUE (FL_BLAME_COMPUTER, "computer"))

struct _FlFinding
{
  GObject parent_instance;

  char *id;
  char *title;
  FlVerdict verdict;
  char *sentence;
  GError *error;
  FlBlame blame;
  gboolean sure;
};

G_DEFINE_FINAL_TYPE (FlFinding, fl_finding, G_TYPE_OBJECT)

static void
fl_finding_finalize (GObject *object)
{
  FlFinding *self = FL_FINDING (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->sentence);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (fl_finding_parent_class)->finalize (object);
}

static void
fl_finding_class_init (FlFindingClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_finding_finalize;
}

static void
fl_finding_init (FlFinding *self)
{
}

FlFinding *
fl_finding_new (const char *id,
                const char *title,
                FlVerdict verdict,
                const char *sentence,
                const GError *error,
                FlBlame blame,
                gboolean sure)
{
  FlFinding *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (sentence != NULL, NULL);

  self = g_object_new (FL_TYPE_FINDING, NULL);
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->verdict = verdict;
  self->sentence = g_strdup (sentence);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->blame = blame;
  self->sure = sure;
  return self;
}

static const char *
get_nick (GType type, int value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *row = g_enum_get_value (class, value);

  return row != NULL ? row->value_nick : "unknown";
}

const char *
fl_verdict_to_string (FlVerdict verdict)
{
  return get_nick (FL_TYPE_VERDICT, (int) verdict);
}

const char *
fl_blame_to_string (FlBlame blame)
{
  return get_nick (FL_TYPE_BLAME, (int) blame);
}

const char *
fl_finding_get_id (FlFinding *self)
{
  g_return_val_if_fail (FL_IS_FINDING (self), NULL);

  return self->id;
}

const char *
fl_finding_get_title (FlFinding *self)
{
  g_return_val_if_fail (FL_IS_FINDING (self), NULL);

  return self->title;
}

FlVerdict
fl_finding_get_verdict (FlFinding *self)
{
  g_return_val_if_fail (FL_IS_FINDING (self), FL_VERDICT_UNKNOWN);

  return self->verdict;
}

const char *
fl_finding_get_sentence (FlFinding *self)
{
  g_return_val_if_fail (FL_IS_FINDING (self), NULL);

  return self->sentence;
}

const GError *
fl_finding_get_error (FlFinding *self)
{
  g_return_val_if_fail (FL_IS_FINDING (self), NULL);

  return self->error;
}

FlBlame
fl_finding_get_blame (FlFinding *self)
{
  g_return_val_if_fail (FL_IS_FINDING (self), FL_BLAME_NOBODY);

  return self->blame;
}

gboolean
fl_finding_get_sure (FlFinding *self)
{
  g_return_val_if_fail (FL_IS_FINDING (self), FALSE);

  return self->sure;
}
