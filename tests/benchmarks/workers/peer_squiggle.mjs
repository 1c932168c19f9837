// The model of many formulas with squiggle-lang: `node peer_squiggle.mjs FOLDER SOURCE INPUTS MONTHS GROWTH`.
// FOLDER has the node_modules; INPUTS is a JSON file with a list of draws for each input.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [folder, file, draws, months, growth] = process.argv.slice(2);
const require = createRequire(pathToFileURL(folder + "/here.js"));
const { run } = await import(pathToFileURL(require.resolve("@quri/squiggle-lang")));

const inputs = JSON.parse(readFileSync(draws, "utf8"));
const factors = Array.from({ length: Number(months) }, (_, at) => (1 + Number(growth)) ** at);
const source =
  `inputs = ${JSON.stringify(inputs)}\ngrowth = ${JSON.stringify(factors)}\n` + readFileSync(file, "utf8");

const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");
say({});
for await (const _ of createInterface({ input: process.stdin })) {
  const clock = performance.now();
  const before = process.cpuUsage();
  const output = await run(source, { environment: { sampleCount: inputs[0].length, xyPointLength: 1000 } });
  const used = process.cpuUsage(before);
  const result = output.result.ok ? output.result.value.result.value : String(output.result.value);
  say({
    processor: (used.user + used.system) / 1e6,
    clock: (performance.now() - clock) / 1e3,
    memory: process.memoryUsage.rss(),
    result,
  });
}
