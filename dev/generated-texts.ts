import { architectureFile, architectureText } from './architecture-page.ts'
import {
  errorCodesPageHtml,
  errorDocumentFile,
  errorDocumentText,
  errorPageFile,
} from './error-codes-page.ts'
import { releaseFile, releaseModuleText } from './functions/release-module.ts'
import { columnNamesFile, columnNamesText } from './generate-column-names.ts'
import { edgeLimitFile, edgeLimitText } from './generate-edge-limit.ts'
import { llmsFile, llmsText } from './llms.ts'
import { goModelFile, goModelText } from './model-go.ts'
import { openapiFile, openapiText } from './openapi.ts'
import { operationsFile, operationsText } from './operations-page.ts'
import { personalColumnsFile, personalColumnsText } from './personal-columns.ts'
import { phonePlanFile, phonePlanText } from './phone-plan.ts'
import { privacyFile, privacyText } from './privacy-page.ts'
import { referenceFile, referenceText } from './reference-page.ts'
import { sdkModelFile, sdkModelText } from './sdk-model.ts'
import { speedFile, speedText } from './speed-page.ts'
import { statisticsFile, statisticsText } from './statistics-sql.ts'
import { versionFile, versionFileText } from './version.ts'

/** Files that follow from the code: `npm run generate` writes them, `npm run check` compares. */
export const generatedTexts: Readonly<Record<string, () => string | Promise<string>>> = {
  [architectureFile]: architectureText,
  [columnNamesFile]: columnNamesText,
  // It is in the document.
  [versionFile]: versionFileText,
  [openapiFile]: openapiText,
  [sdkModelFile]: sdkModelText,
  [goModelFile]: goModelText,
  [operationsFile]: operationsText,
  [personalColumnsFile]: personalColumnsText,
  [phonePlanFile]: phonePlanText,
  [privacyFile]: privacyText,
  [releaseFile]: releaseModuleText,
  [edgeLimitFile]: edgeLimitText,
  [statisticsFile]: statisticsText,
  [errorDocumentFile]: errorDocumentText,
  [errorPageFile]: errorCodesPageHtml,
  [referenceFile]: referenceText,
  [speedFile]: speedText,
  // It reads the titles of the pages, which the others have written.
  [llmsFile]: llmsText,
}
