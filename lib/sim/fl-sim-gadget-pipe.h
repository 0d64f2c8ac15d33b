/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * FlSimGadgetPipe:
 *
 * A thread at endpoint 0 of a FunctionFS. Its calls wait until the computer has taken an answer,
 * and one that has given up takes it only with its next request; the device lives on meanwhile.
 */
typedef struct _FlSimGadgetPipe FlSimGadgetPipe;

/* One request at a time; it has to be answered, from there or later. @data: (nullable): of
 * host-to-device, which the computer regards as taken. In the thread-default main context of
 * fl_sim_gadget_pipe_new(). */
typedef void (*FlSimGadgetRequestFunc) (const FlUsbSetup *setup,
                                        const guint8 *data,
                                        gsize size_bytes,
                                        gpointer user_data);
/* The function has ended; once. */
typedef void (*FlSimGadgetEndFunc) (const GError *error, gpointer user_data);

typedef enum
{
  FL_SIM_GADGET_REPLY,  /* with bytes, device to host */
  FL_SIM_GADGET_ACCEPT, /* host to device */
  FL_SIM_GADGET_REFUSE,
  FL_SIM_GADGET_IGNORE,
} FlSimGadgetAnswer;

/* @fd: of endpoint 0, not blocking; stays open until the pipe is gone. */
FlSimGadgetPipe *fl_sim_gadget_pipe_new (int fd,
                                         FlSimGadgetRequestFunc on_request,
                                         FlSimGadgetEndFunc on_end,
                                         gpointer user_data,
                                         GError **error);
/* Waits for the thread; unplug the gadget before, which ends whatever waits for the computer. */
void fl_sim_gadget_pipe_free (FlSimGadgetPipe *self);
/* Answers the present request. @reply: (nullable) (transfer none) */
void fl_sim_gadget_pipe_answer (FlSimGadgetPipe *self, FlSimGadgetAnswer answer, GBytes *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimGadgetPipe, fl_sim_gadget_pipe_free)

G_END_DECLS
