/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-budget.h"

gboolean
fl_budget_is_over (const FlBudget *budget)
{
  return budget != NULL && budget->now_us != NULL &&
         budget->now_us (budget->clock) >= budget->until_us;
}
