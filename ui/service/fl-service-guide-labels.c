/* SPDX-License-Identifier: Apache-2.0 */
/* Many labels before the camera, one after another; what they unlock. */
#define G_LOG_DOMAIN "fl-service-guide-labels"
#include "config.h"

#include "fl-service-guide-private.h"

static void
on_scan_labels (FlServiceGuide *self)
{
  fl_service_guide_show (self, self->labels_page);
}

static void
on_done (FlServiceGuide *self)
{
  fl_service_guide_show (self, self->devices_page);
}

void
fl_service_guide_create_labels (FlServiceGuide *self)
{
  self->labels = fl_label_stream_new ();
  self->labels_page =
      FL_LABELS_PAGE (fl_labels_page_new (fl_engine_get_clock (self->engine), self->labels));
}

void
fl_service_guide_connect_labels (FlServiceGuide *self)
{
  fl_service_guide_listen (self, self->devices_page, "scan-labels", G_CALLBACK (on_scan_labels));
  fl_service_guide_listen (self, self->labels_page, "done", G_CALLBACK (on_done));
  fl_service_guide_listen (self, self->labels_page, "go-back", G_CALLBACK (on_done));
  fl_service_guide_listen (self, self->labels_page, "toast", G_CALLBACK (fl_service_guide_toast));
}

void
fl_service_guide_use_labels (FlServiceGuide *self, FlVisit *visit)
{
  FlDevice *device = fl_visit_get_device (visit);
  FlLabel *label;

  if (fl_visit_get_open (visit) || fl_setup_get_label (fl_visit_get_setup (visit)) != NULL)
    return;

  label = fl_label_stream_find (self->labels, fl_device_get_serial (device),
                                fl_device_get_ending (device));
  if (label != NULL && fl_label_get_secret (label) != NULL)
    fl_visit_set_label (visit, label);
}
