// SPDX-License-Identifier: Apache-2.0
// Particle's USB library and command line in one process, since Node starts slowly in the VM.
//
//   node client.js NODE_MODULES
//
// Standard input: one question a line, as JSON; several may be under way at once.
//   {"n":1,"list":true}                       all devices
//   {"n":2,"open":"24 HEX DIGITS"}            the device that "call" means from then on
//   {"n":3,"call":"joinNewWifiNetwork","with":[{"ssid":"Home"},{"timeout":9000}]}
//   {"n":4,"run":["wifi","list"]}             a command line; nothing else is asked meanwhile
// Standard output: {"n":1,"ok":true,"value":…,"ms":12}, or {"n":1,"ok":false,"error":CLASS,"message":…}.
'use strict';
const path = require('path');
const readline = require('readline');

const modules = path.resolve(process.argv[2]);
const cli = path.join(modules, 'particle-cli');
const usb = require(require.resolve('particle-usb', { paths: [cli] }));
const say = process.stdout.write.bind(process.stdout);
let device = null;
let Cli = null;

// The library's messages say what their numbers mean when they become JSON; bytes become hex digits,
// but for the address of an access point, which the library itself has put into words.
function plain(value) {
  if (value === undefined || value === null) {
    return null;
  }
  const bssid = typeof value.bssid === 'string' ? value.bssid : null;
  const result = JSON.parse(JSON.stringify(value, (key, v) =>
    (v && v.type === 'Buffer' ? Buffer.from(v.data).toString('hex') : v)));
  if (bssid) {
    result.bssid = bssid;
  }
  return result;
}

async function list() {
  const devices = await usb.getDevices();
  return devices.map((d) => ({ type: d.type, platform: d.platformId, dfu: d.isInDfuMode }));
}

async function open(id) {
  device = await usb.openDeviceById(id);
  return {
    id: device.id,
    firmware: device.firmwareVersion,
    type: device.type,
    platform: device.platformId,
    dfu: device.isInDfuMode,
  };
}

async function call(name, parameters) {
  if (typeof device[name] !== 'function') {
    throw new TypeError(`${name} is no function of this device`);
  }
  return device[name](...parameters);
}

function load() {
  const settings = require(path.join(cli, 'settings.js'));
  settings.whichProfile();
  settings.loadOverrides();
  global.verboseLevel = 1;
  process.setMaxListeners(0); // each command adds one
  const { Spinner } = require(require.resolve('cli-spinner', { paths: [cli] }));
  Spinner.prototype.start = Spinner.prototype.stop = () => {}; // it turns without a terminal, too
  return require(path.join(cli, 'src/app/cli.js'));
}

// What a command writes, without colours.
async function run(words) {
  let text = '';
  const write = (chunk) => {
    text += chunk;
    return true;
  };
  const real = { out: process.stdout.write, err: process.stderr.write };
  Cli = Cli || load();
  process.stdout.write = process.stderr.write = write;
  let problem = null;
  try {
    await new Cli().runCommand(words);
  } catch (error) {
    problem = String((error && error.message) || error);
  } finally {
    process.stdout.write = real.out;
    process.stderr.write = real.err;
  }
  // eslint-disable-next-line no-control-regex
  const bare = text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
  return { lines: bare.split('\n').map((line) => line.trim()).filter((line) => line), problem };
}

function answer(question) {
  if (question.list) {
    return list();
  }
  if (question.open) {
    return open(question.open);
  }
  if (question.run) {
    return run(question.run);
  }
  return call(question.call, question.with || []);
}

async function serve(question) {
  const start = Date.now();
  let reply;
  try {
    reply = { ok: true, value: plain(await answer(question)) };
  } catch (error) {
    reply = {
      ok: false,
      error: error.constructor.name,
      message: error.message,
      result: error.result === undefined ? null : error.result,
    };
  }
  say(`${JSON.stringify({ n: question.n, ...reply, ms: Date.now() - start })}\n`);
}

const input = readline.createInterface({ input: process.stdin });
input.on('line', (line) => serve(JSON.parse(line)));
input.on('close', () => process.exit(0));
say(`${JSON.stringify({ ready: true, node: process.version, library: require(path.join(
  path.dirname(require.resolve('particle-usb', { paths: [cli] })), '../package.json')).version,
cli: require(path.join(cli, 'package.json')).version, ms: Math.round(process.uptime() * 1000) })}\n`);
