/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-driver-private.h"

const FlControlGeneration fl_control_present = {
  .max_known = FL_CONTROL_MAX_KNOWN,
  .scan_async = fl_control_driver_scan_async,
  .join_async = fl_control_driver_join_async,
  .save_async = fl_control_driver_save_async,
  .list_known_async = fl_control_driver_list_known_async,
  .remove_known_async = fl_control_driver_remove_known_async,
  .join_known_async = fl_control_driver_join_known_async,
  .read_state_async = fl_control_driver_read_state_async,
};

static const FlControlGeneration *
get_generation (FlDriver *driver)
{
  return fl_control_is_gen2 (&FL_CONTROL_DRIVER (driver)->device) ? &fl_control_old
                                                                  : &fl_control_present;
}

static int
get_max_known (FlDriver *driver)
{
  return get_generation (driver)->max_known;
}

static void
scan_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  get_generation (driver)->scan_async (driver, cancellable, callback, user_data);
}

static void
join_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  get_generation (driver)->join_async (driver, credentials, cancellable, callback, user_data);
}

static void
save_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  get_generation (driver)->save_async (driver, credentials, cancellable, callback, user_data);
}

static void
list_known_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  get_generation (driver)->list_known_async (driver, cancellable, callback, user_data);
}

static void
remove_known_async (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS)
{
  get_generation (driver)->remove_known_async (driver, ssid, cancellable, callback, user_data);
}

static void
join_known_async (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS)
{
  get_generation (driver)->join_known_async (driver, ssid, cancellable, callback, user_data);
}

static void
read_state_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  get_generation (driver)->read_state_async (driver, cancellable, callback, user_data);
}

void
fl_control_generation_iface_init (FlDriverInterface *iface)
{
  iface->get_max_known = get_max_known;
  iface->scan_async = scan_async;
  iface->join_async = join_async;
  iface->save_async = save_async;
  iface->list_known_async = list_known_async;
  iface->remove_known_async = remove_known_async;
  iface->join_known_async = join_known_async;
  iface->read_state_async = read_state_async;
}
