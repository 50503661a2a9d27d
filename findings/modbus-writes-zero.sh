#!/usr/bin/env bash
# Software: modbus-serial 8.0.25, jsmodbus 5.0.0 (npm).
# Expected: a value that is no number is refused before it is written to a device; a coil is set to what it is told.
# Happens:  modbus-serial writes 0 for NaN, null, undefined and a text that is no number, and cuts 1.9 to 1; the texts "false", "off" and "0" switch a coil on. Negative
#           numbers are refused, though most devices have signed registers. jsmodbus refuses NaN and 1.9 for one register and writes 0 and 1 for several. Four coils that
#           are asked for are eight values in modbus-serial.
# Matters:  a set point that could not be calculated becomes 0 on the machine, and "off" from a form starts it.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > write.mjs <<'E'
import net from 'net';
import ModbusSerial from 'modbus-serial';
import jsmodbus from 'jsmodbus';
const address = { host: '127.0.0.1', port: 19452 };
let stored = 'nothing';
const device = new ModbusSerial.ServerTCP({ setRegister: (_, value) => { stored = value; }, setCoil: (_, value) => { stored = value; }, getCoil: () => true }, { ...address, unitID: 1 });
await new Promise(done => device.on('initialized', done));
const serial = new ModbusSerial();
await serial.connectTCP(address.host, { port: address.port });
serial.setID(1);
const socket = new net.Socket();
const other = new jsmodbus.client.TCP(socket, 1, 5000);
await new Promise(done => socket.once('connect', done).connect(address));
const write = async action => {
  stored = 'nothing';
  try { await action(); return `writes ${stored}`; } catch { return 'refuses'; }
};
for (const value of [7, -5, 1.9, NaN, null, undefined, 'auto'])
  console.log(`register, ${typeof value === 'string' ? `"${value}"` : value}: modbus-serial ${await write(() => serial.writeRegister(0, value))}, of several ${await write(() => serial.writeRegisters(0, [value]))}`
    + (typeof value === 'number' ? `; jsmodbus ${await write(() => other.writeSingleRegister(0, value))}, of several ${await write(() => other.writeMultipleRegisters(0, [value]))}` : ''));
for (const value of [false, 'false', 'off', '0']) console.log(`coil, ${JSON.stringify(value)}: modbus-serial ${await write(() => serial.writeCoil(0, value))}`);
console.log(`four coils: ${(await serial.readCoils(0, 4)).data.length} values`);
serial.close(() => {});
socket.end();
device.close(() => process.exit());
E
cat > expected <<'E'
register, 7: modbus-serial writes 7, of several writes 7; jsmodbus writes 7, of several writes 7
register, -5: modbus-serial refuses, of several refuses; jsmodbus refuses, of several refuses
register, 1.9: modbus-serial writes 1, of several writes 1; jsmodbus refuses, of several writes 1
register, NaN: modbus-serial writes 0, of several writes 0; jsmodbus refuses, of several writes 0
register, null: modbus-serial writes 0, of several writes 0
register, undefined: modbus-serial writes 0, of several writes 0
register, "auto": modbus-serial writes 0, of several writes 0
coil, false: modbus-serial writes false
coil, "false": modbus-serial writes true
coil, "off": modbus-serial writes true
coil, "0": modbus-serial writes true
four coils: 8 values
E
npm install --silent --no-audit --no-fund --ignore-scripts modbus-serial@8.0.25 jsmodbus@5.0.0 >/dev/null
node write.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries write otherwise than noted"; exit 1; }
