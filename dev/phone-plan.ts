import metadata from 'libphonenumber-js/min/metadata'

/** How numbers are planned in each country, without how they are written there, which is most of it. */
export const phonePlanFile = 'src/kernel/phone-plan.ts'

const FORMATS = 4

/** As text, which is read when the first number comes: a new isolate compiles no object of thirty kilobytes. */
export function phonePlanText(): string {
  const plan = {
    ...metadata,
    countries: strip(metadata.countries),
    nonGeographic: strip(metadata.nonGeographic),
  }
  const text = JSON.stringify(plan).replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  return `// Written by dev/phone-plan.ts from libphonenumber-js.\nexport const phonePlan =\n  '${text}'\n`
}

const strip = (plans: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(plans).map(([country, plan]) => [
      country,
      (plan as unknown[]).map((part, at) => (at === FORMATS ? 0 : part)),
    ]),
  )
