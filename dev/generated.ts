import { architectureFile, architectureText } from './architecture.ts'
import { columnFile, columnText } from './column.ts'
import { edgeLimitFile, edgeLimitText } from './edge-limit.ts'
import { errorFile, errorPageFile, errorPageText, errorText } from './error-page.ts'
import { releaseFile, releaseText } from './functions/release.ts'
import { llmsFile, llmsText } from './llms.ts'
import { modelFile, modelText } from './model.ts'
import { goModelFile, goModelText } from './model-go.ts'
import { documentFile, openapiText } from './openapi.ts'
import { operationsFile, operationsText } from './operations.ts'
import { personalNamesFile, personalNamesText } from './personal-names.ts'
import { phonePlanFile, phonePlanText } from './phone.ts'
import { privacyFile, privacyText } from './privacy.ts'
import { referenceFile, referenceText } from './reference-page.ts'
import { speedFile, speedText } from './speed-page.ts'
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
  [edgeLimitFile]: edgeLimitText,
  [statisticsFile]: statisticsText,
  [errorFile]: errorText,
  [errorPageFile]: errorPageText,
  [referenceFile]: referenceText,
  [speedFile]: speedText,
  // It reads the titles of the pages, which the others have written.
  [llmsFile]: llmsText,
}
