/// <reference types="vite/types/importMeta.d.ts" />
import { describe } from 'vitest'

// All in one runtime: each further one would load the service anew, which takes longer than these tests do. One alone is
// `npx vitest run --project worker -t doors`.
const files = import.meta.glob(['./*.test.ts', '!./all.test.ts'])
for (const [file, load] of Object.entries(files)) describe(file, async () => void (await load()))
