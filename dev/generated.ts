import { architectureFile, architectureText } from './architecture.ts'
import { columnFile, columnText } from './column.ts'
import { releaseFile, releaseText } from './functions/release.ts'
import { modelFile, modelText } from './model.ts'
import { goModelFile, goModelText } from './model-go.ts'
import { documentFile, openapiText } from './openapi.ts'
import { operationsFile, operationsText } from './operations.ts'
import { personalNamesFile, personalNamesText } from './personal-names.ts'
import { phonePlanFile, phonePlanText } from './phone.ts'
import { privacyFile, privacyText } from './privacy.ts'
import { readmeText } from './readme.ts'
import { ringFile, ringText } from './ring.ts'
import { statisticsFile, statisticsText } from './statistics.ts'

/** Files that follow from the code: `npm run generate` writes them, `npm run check` compares. */
export const generatedTexts: Readonly<Record<string, () => string | Promise<string>>> = {
  [architectureFile]: architectureText,
  [columnFile]: columnText,
  [documentFile]: openapiText,
  [modelFile]: modelText,
  [goModelFile]: goModelText,
  [operationsFile]: operationsText,
  [personalNamesFile]: personalNamesText,
  [phonePlanFile]: phonePlanText,
  [privacyFile]: privacyText,
  [releaseFile]: releaseText,
  [ringFile]: ringText,
  [statisticsFile]: statisticsText,
  'README.md': readmeText,
}
