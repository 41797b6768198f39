import type { Database } from 'better-sqlite3';
import {
  type MachineRules,
  machineRulesSchema,
  type TaskPlan,
  taskPlanSchema,
} from '../../../src-shared/model/plan.ts';

/** The procedures for who works on what. There are few of them: only what differs from the defaults is there. */
export function planRows(database: Database) {
  const plans = database.prepare<[], { task: string; plan: string }>('SELECT task, plan FROM task_plan');
  const rules = database.prepare<[], { machine: string; rules: string }>(
    'SELECT machine, rules FROM machine_rules',
  );
  const savePlan = database.prepare('INSERT OR REPLACE INTO task_plan VALUES (?, ?)');
  const saveRules = database.prepare('INSERT OR REPLACE INTO machine_rules VALUES (?, ?)');
  return {
    plans: (): readonly { task: string; plan: TaskPlan }[] =>
      plans.all().map(({ task, plan }) => ({ task, plan: taskPlanSchema.parse(JSON.parse(plan)) })),
    savePlan(task: string, plan: TaskPlan): void {
      savePlan.run(task, JSON.stringify(plan));
    },
    machineRules: (): readonly { machine: string; rules: MachineRules }[] =>
      rules.all().map((row) => ({
        machine: row.machine,
        rules: machineRulesSchema.parse(JSON.parse(row.rules)),
      })),
    saveMachineRules(machine: string, of: MachineRules): void {
      saveRules.run(machine, JSON.stringify(of));
    },
  };
}
