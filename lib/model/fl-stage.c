/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-stage.h"

G_DEFINE_ENUM_TYPE (FlStage,
                    fl_stage,
                    G_DEFINE_ENUM_VALUE (FL_STAGE_FINDING, "finding"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_SECURING, "securing"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_CHOOSING, "choosing"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_JOINING, "joining"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_ADDRESSING, "addressing"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_REACHING, "reaching"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_ONLINE, "online"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (FL_STAGE_CANCELLED, "cancelled"))

const char *
fl_stage_to_string (FlStage stage)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_STAGE);
  GEnumValue *value = g_enum_get_value (class, (int) stage);

  return value != NULL ? value->value_nick : "unknown";
}
