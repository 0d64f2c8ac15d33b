/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-progress.h"
#include "fl-cli-target.h"
#include "fl-setup.h"

G_BEGIN_DECLS

typedef struct _FlCliJob FlCliJob;

/* What comes next for one device, and whether it may. */
typedef void (*FlCliNext) (FlCliJob *job);
typedef gboolean (*FlCliTest) (FlCliJob *job);

#define FL_CLI_FORGIVE_ALL (-1)

typedef enum
{
  FL_CLI_JOB_SCAN = 1 << 0,    /* let the device look for networks, in the background */
  FL_CLI_JOB_STORY = 1 << 1,   /* the way is part of the result, and told in a pipe, too */
  FL_CLI_JOB_ENDLESS = 1 << 2, /* --timeout says how long, and is a good end */
  FL_CLI_JOB_VISIT = 1 << 3,   /* the task opens job->device by itself and watches its journey */
} FlCliJobFlags;

/**
 * FlCliTask:
 *
 * What a command does with each device.
 */
typedef struct
{
  FlCliJobFlags flags;
  FlCliNext begin; /* the device can be talked to: fl_cli_job_get_driver() */
  /* (nullable): it cannot, for this reason; TRUE: the journey was made to go on */
  gboolean (*mend) (FlCliJob *job, const GError *error);
  gconstpointer options; /* the command's own, the same for all devices */
} FlCliTask;

/**
 * FlCliJob:
 *
 * A command at work on one of its devices: a journey, and steps that follow one another by
 * callbacks, so that any number of jobs run at once. A job ends by itself when the command is
 * stopped: the operation under way has cli->cancellable, a wait ends at once.
 */
struct _FlCliJob
{
  FlCli *cli; /* borrowed, as the next three, which last until the job is done */
  const FlCliTask *task;
  const FlCliTarget *target;
  const FlCliTargets *targets;
  FlCliOutput *output; /* its part of the output */
  FlCliJobFlags flags;
  FlSetup *setup; /* NULL: not yet */
  FlCliProgress *progress;

  FlLabel *label;     /* (nullable) the target's, or found by what the device told */
  FlDevice *device;   /* (nullable) that was searched for */
  char *network_name; /* (nullable) shown in stage words */
  GBytes *reply;      /* (nullable) part of the result: what the device's application said, … */
  int reply_code;     /* … and the number that came with it */
  char *report;       /* (nullable) part of the result: JSON, … */
  char *report_text;  /* … and the same for people */
  GObject *kept;      /* (nullable) what the command needs as long as the job */
  gconstpointer mark; /* what the command wants to remember */

  /* the wait */
  FlCliTest test; /* NULL: waits for no change of the journey */
  FlCliNext next; /* NULL: something else calls back */
  int forgiven;   /* FlErrorCode: this error of the journey is no end */
  guint timer_id;
  guint look_id;
  GBytes *awaited_ssid; /* (nullable) */
  FlProof enough;

  gboolean admitted; /* had its turn to be connected to, … */
  FlCliNext then;    /* … after which this comes */
  gboolean quiet;    /* what happens to the link is no event any more */
  gboolean ending;
  gboolean done;
  GError *error; /* (nullable) how it ended */
  void (*on_done) (FlCliJob *job, gpointer data);
  gpointer done_data;
};

FlCliJob *fl_cli_job_new (FlCli *cli,
                          const FlCliTask *task,
                          const FlCliTargets *targets,
                          const FlCliTarget *target,
                          FlCliOutput *output); /* (transfer full) */
void fl_cli_job_free (FlCliJob *self);

/* Looks for the device, opens it, and begins the task. */
void fl_cli_job_start (FlCliJob *self);

FlDriver *fl_cli_job_get_driver (FlCliJob *self); /* borrowed; while the device can be talked to */

/* Waits until @test, which is tried whenever the journey changed; then @next. An error of the
 * journey, but for @forgiven (FlErrorCode, 0: none), ends the job instead. */
void fl_cli_job_wait (FlCliJob *self, FlCliTest test, int forgiven, FlCliNext next);
void fl_cli_job_wait_ms (FlCliJob *self, guint ms, FlCliNext next);
/* Tries the test, now or soon: something else changed that it looks at. */
void fl_cli_job_look (FlCliJob *self);
void fl_cli_job_poke (FlCliJob *self);

/* Ends the job: lets the device go, then on_done is called. @error: (nullable) (transfer full).
 * When the command was stopped, that is the reason to tell. */
void fl_cli_job_end (FlCliJob *self, GError *error);
/* Takes the end of an operation without an answer; FALSE: it failed, and ended the job. */
gboolean fl_cli_job_check (FlCliJob *self, FlDriver *driver, GAsyncResult *result);

/* What comes next takes the link away: that is no event. */
void fl_cli_job_expect_loss (FlCliJob *self);
/* The name shown in stage words; NULL: none. */
void fl_cli_job_set_network_name (FlCliJob *self, const char *name);

/* Whether the journey is over, well or not. */
gboolean fl_cli_job_has_ended (FlCliJob *self);

/* For fl_cli_job_start(): tells what happens to @setup from now on. */
void fl_cli_job_watch (FlCliJob *self, FlSetup *setup);
void fl_cli_job_tell_beginning (FlCliJob *self);

G_END_DECLS
