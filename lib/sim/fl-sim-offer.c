/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-offer"
#include "config.h"

#include "fl-sim-offer.h"

#include "fl-sim-broadcast.h"

#define GATT_MANAGER        "org.bluez.GattManager1"
#define ADVERTISING_MANAGER "org.bluez.LEAdvertisingManager1"
#define ROOT                "/firstlight/sim/"
#define CALL_LIMIT_MS       20000

struct _FlSimOffer
{
  FlBluez *bluez;
  GDBusConnection *bus;
  char *adapter, *root, *advert; /* paths */
  const FlSimAttributesFuncs *funcs;
  FlSimOfferFunc done;
  gpointer data;

  GCancellable *cancellable;
  gboolean is_calling;
  FlSimAttributes *attributes; /* (nullable) */
  FlSimBroadcast *broadcast;   /* (nullable) */
  gboolean is_on_air;
};

typedef enum
{
  STEP_ADD_SERVICES,
  STEP_REMOVE_SERVICES,
  STEP_ADD_ADVERT,
  STEP_REMOVE_ADVERT,
} Step;

/* What became of it. Removing always does: BlueZ has forgotten it, or never knew. */
static void
settle (FlSimOffer *self, Step step, gboolean is_done)
{
  switch (step)
    {
    case STEP_ADD_SERVICES:
      if (!is_done)
        g_clear_pointer (&self->attributes, fl_sim_attributes_free);
      break;
    case STEP_REMOVE_SERVICES:
      g_clear_pointer (&self->attributes, fl_sim_attributes_free);
      break;
    case STEP_ADD_ADVERT:
      self->is_on_air = is_done;
      if (!is_done)
        g_clear_pointer (&self->broadcast, fl_sim_broadcast_free);
      break;
    case STEP_REMOVE_ADVERT:
      self->is_on_air = FALSE;
      g_clear_pointer (&self->broadcast, fl_sim_broadcast_free);
      break;
    }
}

typedef struct
{
  FlSimOffer *offer; /* not there any more when the call was cancelled */
  Step step;
} Call;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Call *call = data;
  FlSimOffer *self = call->offer;
  gboolean is_adding = call->step == STEP_ADD_SERVICES || call->step == STEP_ADD_ADVERT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_calling = FALSE;
  settle (self, call->step, error == NULL);
  self->done (is_adding ? error : NULL, self->data);
}

static void
start (FlSimOffer *self, Step step)
{
  static const struct
  {
    const char *manager, *method;
    gboolean has_options;
  } calls[] = {
    [STEP_ADD_SERVICES] = { GATT_MANAGER, "RegisterApplication", TRUE },
    [STEP_REMOVE_SERVICES] = { GATT_MANAGER, "UnregisterApplication", FALSE },
    [STEP_ADD_ADVERT] = { ADVERTISING_MANAGER, "RegisterAdvertisement", TRUE },
    [STEP_REMOVE_ADVERT] = { ADVERTISING_MANAGER, "UnregisterAdvertisement", FALSE },
  };
  const char *path =
      step == STEP_ADD_ADVERT || step == STEP_REMOVE_ADVERT ? self->advert : self->root;
  Call *call = g_new0 (Call, 1);

  call->offer = self;
  call->step = step;
  self->is_calling = TRUE;
  fl_bluez_call_async (self->bluez, self->adapter, calls[step].manager, calls[step].method,
                       calls[step].has_options ? g_variant_new ("(oa{sv})", path, NULL)
                                               : g_variant_new ("(o)", path),
                       CALL_LIMIT_MS, self->cancellable, on_answer, call);
}

static void
add_services (FlSimOffer *self, const FlSimService *services, guint n_services)
{
  g_autoptr (GError) error = NULL;

  self->attributes = fl_sim_attributes_new (self->bus, self->root, services, n_services,
                                            self->funcs, self->data, &error);
  if (self->attributes != NULL)
    start (self, STEP_ADD_SERVICES);
  else
    self->done (error, self->data);
}

static void
add_advert (FlSimOffer *self, GVariant *advert)
{
  g_autoptr (GError) error = NULL;

  self->broadcast = fl_sim_broadcast_new (self->bus, self->advert, advert, &error);
  if (self->broadcast != NULL)
    start (self, STEP_ADD_ADVERT);
  else
    self->done (error, self->data);
}

FlSimOffer *
fl_sim_offer_new (FlBluez *bluez,
                  GDBusConnection *bus,
                  const char *adapter,
                  const FlSimAttributesFuncs *funcs,
                  FlSimOfferFunc done,
                  gpointer data)
{
  FlSimOffer *self = g_new0 (FlSimOffer, 1);
  g_autofree char *name = g_path_get_basename (adapter);

  self->bluez = g_object_ref (bluez);
  self->bus = g_object_ref (bus);
  self->adapter = g_strdup (adapter);
  self->root = g_strconcat (ROOT, name, NULL);
  self->advert = g_strconcat (self->root, "/advert", NULL);
  self->funcs = funcs;
  self->done = done;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  return self;
}

void
fl_sim_offer_free (FlSimOffer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->attributes, fl_sim_attributes_free);
  g_clear_pointer (&self->broadcast, fl_sim_broadcast_free);
  g_object_unref (self->cancellable);
  g_object_unref (self->bus);
  g_object_unref (self->bluez);
  g_free (self->adapter);
  g_free (self->root);
  g_free (self->advert);
  g_free (self);
}

gboolean
fl_sim_offer_arrange (FlSimOffer *self,
                      const FlSimService *services,
                      guint n_services,
                      gboolean is_used,
                      GVariant *advert)
{
  gboolean is_other =
      self->attributes != NULL && !fl_sim_attributes_are (self->attributes, services, n_services);
  gboolean is_stale =
      self->broadcast != NULL &&
      (advert == NULL || is_other ||
       !g_variant_equal (advert, fl_sim_broadcast_get_properties (self->broadcast)));

  if (self->is_calling)
    return FALSE;
  if (is_stale)
    start (self, STEP_REMOVE_ADVERT);
  else if (is_other && !is_used)
    start (self, STEP_REMOVE_SERVICES);
  else if (self->attributes == NULL)
    add_services (self, services, n_services);
  else if (self->broadcast == NULL && advert != NULL)
    add_advert (self, advert);
  else
    return TRUE;
  return FALSE;
}

gboolean
fl_sim_offer_has_advert (FlSimOffer *self)
{
  return self->broadcast != NULL;
}

gboolean
fl_sim_offer_is_on_air (FlSimOffer *self)
{
  return self->is_on_air;
}

void
fl_sim_offer_notify (FlSimOffer *self, FlSimRole role, GBytes *value)
{
  if (self->attributes != NULL)
    fl_sim_attributes_notify (self->attributes, role, value);
}

void
fl_sim_offer_withdraw (FlSimOffer *self)
{
  if (self->broadcast != NULL)
    start (self, STEP_REMOVE_ADVERT);
  if (self->attributes != NULL)
    start (self, STEP_REMOVE_SERVICES);
}
