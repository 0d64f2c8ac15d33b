/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-peripheral"
#include "config.h"

#include "fl-sim-peripheral.h"

#include "fl-bluez-radio.h"
#include "fl-sim-air.h"
#include "fl-sim-broadcast.h"
#include "fl-sim-offer.h"
#include "fl-sim-peripheral-error.h"
#include "fl-sim-visit.h"

#define LOOK_US       G_GINT64_CONSTANT (20000) /* nobody tells that a device changes its mode */
#define RETRY_US      G_GINT64_CONSTANT (1000000)
#define MAX_TRIES     10
#define CALL_LIMIT_MS 20000

struct _FlSimPeripheral
{
  FlSimShell parent_instance;

  GDBusConnection *bus;
  FlBluez *bluez;
  char *name;          /* (nullable) of the adapter */
  FlBluezRadio *radio; /* (nullable) */
  char *place;         /* (nullable) */
  gulong handlers[4];

  FlSimOffer *offer; /* (nullable) goes with the radio */
  gint64 retry_us;
  guint n_tries;
  gboolean has_begun;
  GError *failure; /* (nullable) is told soon, and then all is over */

  FlSimVisit *visit;   /* (nullable) */
  gboolean subscribed; /* may be told before the visit is */
};

G_DEFINE_FINAL_TYPE (FlSimPeripheral, fl_sim_peripheral, FL_TYPE_SIM_SHELL)

static FlSimDevice *
get_device (FlSimPeripheral *self)
{
  return fl_sim_shell_get_device (FL_SIM_SHELL (self));
}

static gint64
get_now (FlSimPeripheral *self)
{
  return fl_sim_shell_get_now (FL_SIM_SHELL (self));
}

static void
look_soon (FlSimPeripheral *self)
{
  fl_sim_shell_look_soon (FL_SIM_SHELL (self));
}

/* Told when nothing of this object runs any more: who hears it may let go of it. @error: (transfer
 * full) */
static void
fail (FlSimPeripheral *self, GError *error)
{
  if (self->failure == NULL)
    self->failure = error;
  else
    g_error_free (error);
}

/* --- What the central does. */

static void
part (FlSimPeripheral *self)
{
  g_clear_pointer (&self->visit, fl_sim_visit_free);
  self->subscribed = FALSE;
}

static void
on_ignored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, NULL);
}

/* The device has ended it; for BlueZ the link is up until BlueZ tells otherwise. */
static void
dismiss (FlSimPeripheral *self)
{
  const char *central = fl_sim_visit_get_central (self->visit);

  if (fl_bluez_get_boolean (self->bluez, central, FL_BLUEZ_DEVICE, "Connected"))
    fl_bluez_call_async (self->bluez, central, FL_BLUEZ_DEVICE, "Disconnect", NULL, CALL_LIMIT_MS,
                         NULL, on_ignored, NULL);
  else
    part (self);
}

static void
greet (FlSimPeripheral *self, const char *central)
{
  if (self->visit != NULL)
    return;
  self->visit = fl_sim_visit_new (get_device (self), central, get_now (self));
  if (fl_sim_visit_is_over (self->visit))
    dismiss (self);
  else
    fl_sim_visit_subscribe (self->visit, self->subscribed);
  look_soon (self);
}

/* Who uses the attributes is there, also when BlueZ's own word of it comes later. */
static gboolean
is_visitor (FlSimPeripheral *self, const char *central)
{
  if (central == NULL || self->failure != NULL)
    return FALSE;
  greet (self, central);
  return self->visit != NULL && g_str_equal (fl_sim_visit_get_central (self->visit), central);
}

static GBytes *
on_read (FlSimRole role, const char *central, guint mtu, gpointer data)
{
  FlSimPeripheral *self = data;

  if (!is_visitor (self, central))
    return NULL;
  look_soon (self);
  return role == FL_SIM_ROLE_VERSION ? fl_sim_visit_read_version (self->visit, mtu)
                                     : g_bytes_new_static ("", 0);
}

static gboolean
on_write (FlSimRole role, const char *central, guint mtu, GBytes *value, gpointer data)
{
  FlSimPeripheral *self = data;

  look_soon (self);
  return role == FL_SIM_ROLE_RX && is_visitor (self, central) &&
         fl_sim_visit_write (self->visit, mtu, value, get_now (self));
}

static void
on_subscribe (FlSimRole role, gboolean on, gpointer data)
{
  FlSimPeripheral *self = data;

  if (role != FL_SIM_ROLE_TX)
    return;
  self->subscribed = on;
  if (self->visit != NULL)
    fl_sim_visit_subscribe (self->visit, on);
  look_soon (self);
}

static void
serve (FlSimPeripheral *self, gint64 now_us)
{
  gboolean was_over;
  GBytes *packet;

  if (self->visit == NULL)
    return;
  was_over = fl_sim_visit_is_over (self->visit);
  fl_sim_visit_tick (self->visit, now_us);
  while ((packet = fl_sim_visit_take (self->visit)) != NULL)
    {
      if (self->offer != NULL)
        fl_sim_offer_notify (self->offer, FL_SIM_ROLE_TX, packet);
      g_bytes_unref (packet);
    }
  if (!was_over && fl_sim_visit_is_over (self->visit))
    dismiss (self);
}

/* --- What BlueZ has of the device. */

static void
on_arranged (const GError *error, gpointer data)
{
  FlSimPeripheral *self = data;
  g_autofree char *name = g_path_get_basename (fl_bluez_radio_get_path (self->radio));

  look_soon (self);
  if (error == NULL)
    {
      self->n_tries = 0;
      return;
    }
  g_debug ("%s: %s", name, error->message);
  self->retry_us = get_now (self) + RETRY_US;
  self->n_tries++;
  if (!self->has_begun || self->n_tries >= MAX_TRIES)
    fail (self, fl_sim_peripheral_error_translate (error, name));
}

/* What is to be heard of the device at present. (nullable) (transfer full) */
static GVariant *
get_advert (FlSimPeripheral *self, gint64 now_us)
{
  guint8 advert[FL_SIM_AIR_SIZE], response[FL_SIM_AIR_SIZE];
  gsize advert_size, response_size;

  if (self->visit != NULL || !fl_sim_device_advertise (get_device (self), advert, &advert_size,
                                                       response, &response_size, now_us))
    return NULL;
  return fl_sim_broadcast_read (advert, advert_size, response, response_size);
}

/* Without flags it fits, and an adapter that is discoverable needs them. */
static gboolean
is_too_tight (FlSimPeripheral *self, GVariant *advert)
{
  return fl_sim_broadcast_is_tight (advert) &&
         fl_bluez_get_boolean (self->bluez, fl_bluez_radio_get_path (self->radio), FL_BLUEZ_ADAPTER,
                               "Discoverable");
}

static void
arrange (FlSimPeripheral *self, gint64 now_us)
{
  static const FlSimAttributesFuncs funcs = { on_read, on_write, on_subscribe };
  g_autoptr (GVariant) advert = get_advert (self, now_us);
  FlSimService services[FL_SIM_MAX_SERVICES];
  guint n_services = fl_sim_gatt_list (get_device (self), services);

  if (advert != NULL && is_too_tight (self, advert))
    {
      fail (self, fl_sim_peripheral_error_new (
                      FL_ERROR_UNEXPECTED, NULL,
                      "its adverts fit only while the adapter is not discoverable"));
      return;
    }
  if (self->offer == NULL)
    self->offer = fl_sim_offer_new (self->bluez, self->bus, fl_bluez_radio_get_path (self->radio),
                                    &funcs, on_arranged, self);
  if (fl_sim_offer_arrange (self->offer, services, n_services, self->visit != NULL, advert))
    self->has_begun = TRUE;
}

/* --- The adapter. */

/* BlueZ, or the adapter, is gone, and has forgotten all. */
static void
forget (FlSimPeripheral *self)
{
  g_clear_pointer (&self->offer, fl_sim_offer_free);
  g_clear_object (&self->radio);
  part (self);
}

static FlBluezRadio *
find_radio (FlSimPeripheral *self)
{
  GPtrArray *radios = fl_bluez_get_radios (self->bluez);

  for (guint i = 0; i < radios->len; i++)
    {
      FlBluezRadio *radio = g_ptr_array_index (radios, i);
      g_autofree char *name = g_path_get_basename (fl_bluez_radio_get_path (radio));

      if (self->name == NULL || g_str_equal (name, self->name))
        return radio;
    }
  return NULL;
}

/* FALSE: it says itself that it is none. */
static gboolean
has_role (FlSimPeripheral *self)
{
  g_autoptr (GVariant) roles =
      fl_bluez_get (self->bluez, fl_bluez_radio_get_path (self->radio), FL_BLUEZ_ADAPTER, "Roles",
                    G_VARIANT_TYPE_STRING_ARRAY);
  g_autofree const char **names = roles != NULL ? g_variant_get_strv (roles, NULL) : NULL;

  return names == NULL || g_strv_contains (names, "peripheral");
}

/* FL_ERROR: nothing can be done at present. */
static gboolean
check_adapter (FlSimPeripheral *self, FlErrorCode *code)
{
  const GError *gone = fl_bluez_get_error (self->bluez);
  FlBluezRadio *radio = find_radio (self);

  if (self->radio != NULL && self->radio != radio)
    forget (self);
  g_set_object (&self->radio, radio);
  if (gone != NULL)
    *code = (FlErrorCode) gone->code;
  else if (radio == NULL)
    *code = FL_ERROR_NO_BLUETOOTH;
  else if (!fl_bluez_radio_get_powered (radio))
    {
      const GError *problem = fl_bluez_radio_get_problem (radio);

      part (self);
      *code = problem != NULL ? (FlErrorCode) problem->code : FL_ERROR_BLUETOOTH_OFF;
    }
  else if (!has_role (self))
    *code = FL_ERROR_UNSUPPORTED;
  else
    return TRUE;
  return FALSE;
}

/* Whether somebody can find it, or has. */
static gboolean
is_found (FlSimPeripheral *self)
{
  if (self->visit != NULL)
    return !fl_sim_visit_is_over (self->visit);
  return self->offer != NULL && fl_sim_offer_is_on_air (self->offer);
}

static void
set_place (FlSimPeripheral *self, gboolean is_there)
{
  g_autoptr (GVariant) address =
      is_there ? fl_bluez_get (self->bluez, fl_bluez_radio_get_path (self->radio), FL_BLUEZ_ADAPTER,
                               "Address", G_VARIANT_TYPE_STRING)
               : NULL;
  const char *place = address != NULL ? g_variant_get_string (address, NULL) : NULL;

  if (g_strcmp0 (place, self->place) == 0)
    return;
  g_free (self->place);
  self->place = g_strdup (place);
  fl_sim_shell_notify_place (FL_SIM_SHELL (self));
}

static void
refuse (FlSimPeripheral *self, FlErrorCode code)
{
  g_autofree char *name = self->radio != NULL
                              ? g_path_get_basename (fl_bluez_radio_get_path (self->radio))
                              : g_strdup (self->name);

  if (!self->has_begun)
    fail (self, fl_sim_peripheral_error_new (code, name, NULL));
}

static gint64
look (FlSimPeripheral *self, gint64 now_us)
{
  FlErrorCode code;
  gboolean is_there;

  if (fl_bluez_get_state (self->bluez) == FL_BLUEZ_STARTING)
    return G_MAXINT64;
  fl_sim_world_tick (fl_sim_device_get_world (get_device (self)), now_us);
  is_there = check_adapter (self, &code);
  if (!is_there)
    refuse (self, code);
  serve (self, now_us);
  if (is_there && now_us >= self->retry_us)
    arrange (self, now_us);
  set_place (self, is_there && is_found (self));
  return self->visit != NULL ? MIN (now_us + LOOK_US, fl_sim_visit_get_deadline (self->visit))
                             : now_us + LOOK_US;
}

static gboolean
fl_sim_peripheral_look (FlSimShell *shell, gint64 now_us, gint64 *next_us, GError **error)
{
  FlSimPeripheral *self = FL_SIM_PERIPHERAL (shell);

  if (self->failure == NULL)
    *next_us = look (self, now_us);
  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->failure));
  return FALSE;
}

/* --- What BlueZ tells. */

static gboolean
is_central (FlSimPeripheral *self, const char *path, const char *interface)
{
  const char *adapter = self->radio != NULL ? fl_bluez_radio_get_path (self->radio) : NULL;

  return adapter != NULL && g_str_equal (interface, FL_BLUEZ_DEVICE) &&
         g_str_has_prefix (path, adapter) && path[strlen (adapter)] == '/';
}

/* A link to the adapter while the adverts are out is for the device, unless it is from something
 * that belongs to this computer anyway, such as a mouse. */
static void
check_central (FlSimPeripheral *self, const char *path)
{
  gboolean is_connected = fl_bluez_get_boolean (self->bluez, path, FL_BLUEZ_DEVICE, "Connected");

  if (self->visit != NULL && !is_connected &&
      g_str_equal (path, fl_sim_visit_get_central (self->visit)))
    part (self);
  else if (is_connected && self->offer != NULL && fl_sim_offer_has_advert (self->offer) &&
           !fl_bluez_get_boolean (self->bluez, path, FL_BLUEZ_DEVICE, "Paired"))
    greet (self, path);
  look_soon (self);
}

static void
on_properties_changed (FlBluez *bluez,
                       const char *path,
                       const char *interface,
                       GVariant *changed,
                       FlSimPeripheral *self)
{
  if (is_central (self, path, interface) && g_variant_lookup (changed, "Connected", "b", NULL))
    check_central (self, path);
  else if (self->radio != NULL && g_str_equal (path, fl_bluez_radio_get_path (self->radio)))
    look_soon (self);
}

static void
on_interface (FlBluez *bluez, const char *path, const char *interface, FlSimPeripheral *self)
{
  if (is_central (self, path, interface))
    check_central (self, path);
}

static void
on_state (FlBluez *bluez, FlSimPeripheral *self)
{
  look_soon (self);
}

/* --- The object. */

/* Nothing may stay: who is connected is sent away, and BlueZ forgets the rest now rather than when
 * this program leaves the bus. */
static void
withdraw (FlSimPeripheral *self)
{
  if (self->visit != NULL && !fl_sim_visit_is_over (self->visit))
    dismiss (self);
  if (self->offer != NULL)
    fl_sim_offer_withdraw (self->offer);
  g_dbus_connection_flush_sync (self->bus, NULL, NULL);
}

static const char *
fl_sim_peripheral_get_place (FlSimShell *shell)
{
  return FL_SIM_PERIPHERAL (shell)->place;
}

static void
fl_sim_peripheral_close (FlSimShell *shell)
{
  FlSimPeripheral *self = FL_SIM_PERIPHERAL (shell);

  if (self->bluez == NULL)
    return;
  withdraw (self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->handlers); i++)
    g_clear_signal_handler (&self->handlers[i], self->bluez);
  forget (self);
  g_clear_object (&self->bluez);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->place, g_free);
}

static void
fl_sim_peripheral_finalize (GObject *object)
{
  FlSimPeripheral *self = FL_SIM_PERIPHERAL (object);

  g_clear_error (&self->failure);
  g_free (self->name);
  G_OBJECT_CLASS (fl_sim_peripheral_parent_class)->finalize (object);
}

static void
fl_sim_peripheral_class_init (FlSimPeripheralClass *class)
{
  FlSimShellClass *shell_class = FL_SIM_SHELL_CLASS (class);

  shell_class->get_place = fl_sim_peripheral_get_place;
  shell_class->look = fl_sim_peripheral_look;
  shell_class->close = fl_sim_peripheral_close;
  G_OBJECT_CLASS (class)->finalize = fl_sim_peripheral_finalize;
}

static void
fl_sim_peripheral_init (FlSimPeripheral *self)
{
}

FlSimPeripheral *
fl_sim_peripheral_new (FlSimWorld *world,
                       FlSimDevice *device,
                       FlClock *clock,
                       GDBusConnection *bus,
                       const char *adapter)
{
  FlSimPeripheral *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (bus), NULL);

  self = fl_sim_shell_create (FL_TYPE_SIM_PERIPHERAL, world, device, clock);
  g_return_val_if_fail (self != NULL, NULL);
  self->bus = g_object_ref (bus);
  self->name = g_strdup (adapter);
  self->bluez = fl_bluez_new (bus, clock);
  self->handlers[0] = g_signal_connect (self->bluez, "state-changed", G_CALLBACK (on_state), self);
  self->handlers[1] = g_signal_connect (self->bluez, "properties-changed",
                                        G_CALLBACK (on_properties_changed), self);
  self->handlers[2] =
      g_signal_connect (self->bluez, "interface-added", G_CALLBACK (on_interface), self);
  self->handlers[3] =
      g_signal_connect (self->bluez, "interface-removed", G_CALLBACK (on_interface), self);
  fl_bluez_start (self->bluez);
  return self;
}
