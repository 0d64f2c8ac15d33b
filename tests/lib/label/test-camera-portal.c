/* SPDX-License-Identifier: Apache-2.0 */
#include "camera-fixture.h"

#include "mock-portal.h"
#include "wait.h"

typedef struct
{
  MockPortal portal;
  FlCameraList *list;
} Fixture;

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->list));
}

static void
fixture_set_up (Fixture *f, gconstpointer data)
{
  mock_portal_start (&f->portal);
  f->list = g_object_new (FL_TYPE_CAMERA_LIST, "sandboxed", TRUE, NULL);
}

static void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  fl_camera_list_stop (f->list);
  g_assert_finalize_object (f->list);
  mock_portal_stop (&f->portal);
}

/* Opens the one camera and waits until it failed. (transfer full) */
static FlCamera *
open_and_fail (Fixture *f, int code)
{
  FlCamera *camera = NULL;

  fl_camera_list_start (f->list);
  WAIT_FOR (count (f) == 1);
  g_assert_no_error (fl_camera_list_get_problem (f->list));
  g_assert_cmpuint (f->portal.n_asked, ==, 0); /* nobody is asked before it is opened */
  camera = fl_camera_list_choose (f->list, NULL);
  fl_camera_open (camera);
  WAIT_FOR (fl_camera_get_state (camera) == FL_CAMERA_FAILED);
  g_assert_error (fl_camera_get_problem (camera), FL_ERROR, code);
  return camera;
}

static void
test_answers (Fixture *f, gconstpointer mood)
{
  g_autoptr (FlCamera) camera = NULL;

  f->portal.mood = (MockPortalMood) GPOINTER_TO_INT (mood);
  camera = open_and_fail (f, f->portal.mood == MOCK_PORTAL_NO_FILE ? FL_ERROR_UNEXPECTED
                                                                   : FL_ERROR_CAMERA_REFUSED);
  g_assert_cmpuint (f->portal.n_asked, ==, 1);
}

/* “Ask Again” asks again. */
static void
test_asked_again (Fixture *f, gconstpointer data)
{
  g_autoptr (FlCamera) camera = NULL;

  f->portal.mood = MOCK_PORTAL_CANCELS;
  camera = open_and_fail (f, FL_ERROR_CAMERA_REFUSED);
  fl_camera_open (camera);
  WAIT_FOR (fl_camera_get_state (camera) == FL_CAMERA_FAILED);
  g_assert_cmpuint (f->portal.n_asked, ==, 2);
}

static void
test_closed_while_asking (Fixture *f, gconstpointer data)
{
  g_autoptr (FlCamera) camera = NULL;

  f->portal.mood = MOCK_PORTAL_ASKS;
  fl_camera_list_start (f->list);
  WAIT_FOR (count (f) == 1);
  camera = fl_camera_list_choose (f->list, NULL);
  fl_camera_open (camera);
  WAIT_FOR (f->portal.n_asked == 1);
  g_assert_cmpint (fl_camera_get_state (camera), ==, FL_CAMERA_OPENING);
  fl_camera_close (camera);
  g_assert_cmpint (fl_camera_get_state (camera), ==, FL_CAMERA_CLOSED);
  WAIT_FOR (f->portal.n_closed == 1); /* the question is off the screen */
}

static void
test_portal_leaves_while_asking (Fixture *f, gconstpointer data)
{
  g_autoptr (FlCamera) camera = NULL;

  f->portal.mood = MOCK_PORTAL_ASKS;
  fl_camera_list_start (f->list);
  WAIT_FOR (count (f) == 1);
  camera = fl_camera_list_choose (f->list, NULL);
  fl_camera_open (camera);
  WAIT_FOR (f->portal.n_asked == 1);
  mock_portal_leave (&f->portal);
  WAIT_FOR (fl_camera_get_state (camera) == FL_CAMERA_FAILED);
  g_assert_error (fl_camera_get_problem (camera), FL_ERROR, FL_ERROR_NO_CAMERA);
}

static void
test_camera_comes_and_goes (Fixture *f, gconstpointer data)
{
  f->portal.is_present = FALSE;
  fl_camera_list_start (f->list);
  WAIT_FOR (fl_camera_list_get_problem (f->list) != NULL);
  g_assert_error (fl_camera_list_get_problem (f->list), FL_ERROR, FL_ERROR_NO_CAMERA);
  g_assert_cmpuint (count (f), ==, 0);
  mock_portal_set_present (&f->portal, TRUE);
  WAIT_FOR (count (f) == 1);
  g_assert_no_error (fl_camera_list_get_problem (f->list));
  mock_portal_set_present (&f->portal, FALSE);
  WAIT_FOR (count (f) == 0);
}

static void
test_no_portal_no_camera (Fixture *f, gconstpointer data)
{
  mock_portal_leave (&f->portal);
  fl_camera_list_start (f->list);
  WAIT_FOR (fl_camera_list_get_problem (f->list) != NULL);
  g_assert_error (fl_camera_list_get_problem (f->list), FL_ERROR, FL_ERROR_NO_CAMERA);
}

static void
add (const char *path, MockPortalMood mood, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GINT_TO_POINTER (mood), fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/camera-portal/cancelled/is-refused", MOCK_PORTAL_CANCELS, test_answers);
  add ("/camera-portal/refused/is-refused", MOCK_PORTAL_REFUSES, test_answers);
  add ("/camera-portal/not-allowed/is-refused", MOCK_PORTAL_NOT_ALLOWED, test_answers);
  add ("/camera-portal/no-connection/is-told", MOCK_PORTAL_NO_FILE, test_answers);
  add ("/camera-portal/refused/is-asked-again", MOCK_PORTAL_CANCELS, test_asked_again);
  add ("/camera-portal/closed-while-asking/question-goes", MOCK_PORTAL_ASKS,
       test_closed_while_asking);
  add ("/camera-portal/leaves-while-asking/is-told", MOCK_PORTAL_ASKS,
       test_portal_leaves_while_asking);
  add ("/camera-portal/camera/comes-and-goes", MOCK_PORTAL_GRANTS, test_camera_comes_and_goes);
  add ("/camera-portal/no-portal/no-camera", MOCK_PORTAL_GRANTS, test_no_portal_no_camera);
  return g_test_run ();
}
