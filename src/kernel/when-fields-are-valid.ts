import type * as z from 'zod'

/** Whether these fields of an object are right. A rule over several fields is asked only then (`when` of the rule). */
export const whenFieldsAreValid =
  (...names: readonly string[]) =>
  ({ issues }: z.core.ParsePayload): boolean =>
    issues.every(({ code, path: [name] = [] }) =>
      name === undefined ? code === 'unrecognized_keys' : !names.includes(String(name)),
    )
