import { z } from 'zod'

/** What esbuild says of a bundle: how many bytes each file has in it. */
const Metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
})

const builder =
  /(^|\/)node_modules\/drizzle-orm\/|^src\/core\/[^/]+\/query\/|^src\/db\/(schema\/|statement-builders\.|use-case\.)/

/** Fails when a bundle holds what builds statements, however it got there. */
export function assertNoBuilderInBundle(metafile: unknown): void {
  const inputs = Object.values(Metafile.parse(metafile).outputs).flatMap(({ inputs }) =>
    Object.entries(inputs),
  )
  const found = inputs.filter(
    ([file, { bytesInOutput }]) => bytesInOutput > 0 && builder.test(file),
  )
  const files = found.map(([file]) => file)
  if (files.length > 0) {
    throw new Error(
      `the bundle contains files that must be used only at build time: ${files.join(', ')}`,
    )
  }
}
