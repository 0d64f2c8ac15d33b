// SPDX-License-Identifier: Apache-2.0
// usage: node zxing.mjs [--max N] FOLDER
//
// Reads every picture that FOLDER/truth.tsv names by ZXing-C++ (npm zxing-wasm; also from
// ZXING_WASM_DIR/node_modules). One line a picture: its file, milliseconds of processor time from
// an ImageData (RGBA, as a page has it), milliseconds from luma that is in its memory already, then
// text in hexadecimal and corners for each symbol. Both times are the middle of three, after a
// warm-up; the process has one busy thread, so its processor time is the reader's.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const args = process.argv.slice(2);
const at = args.indexOf('--max');
const max = at < 0 ? 1 : Number(args.splice(at, 2)[1]);
const folder = args[0];

const home = process.env.ZXING_WASM_DIR;
const require = createRequire(home ? path.join(home, 'x.js') : import.meta.url);
const found = require.resolve('zxing-wasm/reader');
const root = found.slice(0, found.lastIndexOf('zxing-wasm') + 'zxing-wasm'.length);
const { readBarcodes, prepareZXingModule, getZXingModule } =
  await import(pathToFileURL(path.join(root, 'dist/es/reader/index.js')));
prepareZXingModule({
  overrides: { wasmBinary: fs.readFileSync(path.join(root, 'dist/reader/zxing_reader.wasm')) },
});

const options = {
  formats: ['DataMatrix'], tryHarder: true, tryRotate: true, tryInvert: true,
  maxNumberOfSymbols: max,
};
// The same as numbers and names of the C++ side, for the call that copies nothing.
const low = {
  formats: 'DataMatrix', tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true,
  tryDenoise: false, binarizer: 0, isPure: false, downscaleFactor: 3, downscaleThreshold: 500,
  minLineCount: 2, maxNumberOfSymbols: max, validateOptionalChecksum: false, returnErrors: false,
  eanAddOnSymbol: 0, textMode: 2, characterSet: 0, tryCode39ExtendedMode: true,
};

function load (file) {
  const bytes = fs.readFileSync(file);
  const header = /^P5\n(\d+) (\d+)\n255\n/.exec(bytes.subarray(0, 32).toString('latin1'));
  const [width, height] = [Number(header[1]), Number(header[2])];
  const luma = bytes.subarray(header[0].length);
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < luma.length; i++) {
    data[4 * i] = data[4 * i + 1] = data[4 * i + 2] = luma[i];
    data[4 * i + 3] = 255;
  }
  return { luma, image: { data, width, height } };
}

function clock () {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function middle (call) {
  const times = [];
  for (let k = 0; k < 3; k++) {
    const begin = clock();
    await call();
    times.push(clock() - begin);
  }
  return times.sort((a, b) => a - b)[1];
}

const zxing = await getZXingModule();
const names = fs.readFileSync(path.join(folder, 'truth.tsv'), 'utf8').trim().split('\n')
  .map((line) => line.split('\t')[0]);
for (let k = 0; k < 10; k++) await readBarcodes(load(path.join(folder, names[0])).image, options);

for (const name of names) {
  const { luma, image } = load(path.join(folder, name));
  let results;
  const ms = await middle(async () => { results = await readBarcodes(image, options); });
  const place = zxing._malloc(luma.length);
  zxing.HEAPU8.set(luma, place);
  const plain = await middle(() => {
    zxing.readBarcodesFromPixmap(place, image.width, image.height, low).delete?.();
  });
  zxing._free(place);
  const fields = [name, ms.toFixed(3), plain.toFixed(3)];
  for (const { bytes, position: p } of results) {
    fields.push(Buffer.from(bytes).toString('hex'));
    fields.push([p.topLeft, p.topRight, p.bottomRight, p.bottomLeft].map((c) => `${c.x},${c.y}`)
      .join(';'));
  }
  console.log(fields.join('\t'));
}
