#!/usr/bin/env bash
# Software: MiniExcel 1.46.0 and SpreadCheetah 1.28.0 (NuGet), exceljs 4.4.0 (npm), openpyxl (Debian python3-openpyxl 3.0.9-1).
# Expected: what one of them writes the others read, as a time that is the same to the second; a value that the format does not have is refused by its writer.
# Happens:  exceljs reads no file of either .NET library: "Cannot set properties of undefined" for MiniExcel, whose elements have a prefix, "Cannot read properties of undefined" for
#           SpreadCheetah, whose cells do not say where they stand; the format lets both do so. Both put NaN into the file as it stands, and openpyxl refuses the whole file for it.
#           MiniExcel writes a duration of 30.5 hours as a date in 1900 and a DateTimeOffset as its clock without the zone; exceljs writes a Date as the clock of UTC.
# Matters:  the export of a list opens in a spreadsheet and not in the tool of the team next door; on the day on which one rate is 0/0 not at all. Columns of durations read as dates,
#           and two exports of one run differ by the zone.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=America/New_York
dpkg -s python3-openpyxl >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-openpyxl >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-openpyxl)
[ "$version" = 3.0.9-1 ] || { echo "python3-openpyxl is $version, this was seen on 3.0.9-1"; exit 1; }

cat > write.cs <<'E'
#:package MiniExcel@1.46.0
#:package SpreadCheetah@1.28.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using MiniExcelLibs;
using SpreadCheetah;
var at = new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.FromHours(2));
MiniExcel.SaveAs("MiniExcel.xlsx", new[] { new { at, took = TimeSpan.FromHours(30.5), rate = 0.5 } });
MiniExcel.SaveAs("MiniExcel-NaN.xlsx", new[] { new { at, took = TimeSpan.FromHours(30.5), rate = double.NaN } });
foreach (var (name, rate) in new[] { ("SpreadCheetah", 0.5), ("SpreadCheetah-NaN", double.NaN) })
{
    await using var file = File.Create($"{name}.xlsx");
    await using var sheet = await Spreadsheet.CreateNewAsync(file);
    await sheet.StartWorksheetAsync("runs");
    await sheet.AddRowAsync(new DataCell[] { new(at.DateTime), new(rate) });
    await sheet.FinishAsync();
}
E
cat > write.mjs <<'E'
import ExcelJS from 'exceljs';
const book = new ExcelJS.Workbook();
book.addWorksheet('runs').addRow([new Date('2026-01-01T10:00:00-05:00'), 0.5]);
await book.xlsx.writeFile('exceljs.xlsx');
for (const name of ['MiniExcel', 'MiniExcel-NaN', 'SpreadCheetah', 'SpreadCheetah-NaN', 'exceljs']) {
  const read = new ExcelJS.Workbook();
  let values;
  try { await read.xlsx.readFile(`${name}.xlsx`); values = read.worksheets[0].lastRow.values.slice(1).map(value => value instanceof Date ? value.toISOString() : String(value)).join(', '); } catch (error) { values = error.message; }
  console.log(`${name}, read by exceljs: ${values}`);
}
E
cat > read.py <<'E'
import warnings, openpyxl
warnings.simplefilter("ignore")
for name in ["MiniExcel", "MiniExcel-NaN", "SpreadCheetah", "SpreadCheetah-NaN", "exceljs"]:
    try: values = ", ".join(str(cell.value) for cell in list(openpyxl.load_workbook(name + ".xlsx").worksheets[0].rows)[-1])
    except ValueError as error: values = str(error)
    print(f"{name}, read by openpyxl: {values}")
E
cat > expected <<'E'
MiniExcel, read by exceljs: Cannot set properties of undefined (setting 'sheetNo')
MiniExcel-NaN, read by exceljs: Cannot set properties of undefined (setting 'sheetNo')
SpreadCheetah, read by exceljs: Cannot read properties of undefined (reading 'col')
SpreadCheetah-NaN, read by exceljs: Cannot read properties of undefined (reading 'col')
exceljs, read by exceljs: 2026-01-01T15:00:00.000Z, 0.5
MiniExcel, read by openpyxl: 2026-01-01 10:00:00, 1900-01-01 06:30:00, 0.5
MiniExcel-NaN, read by openpyxl: invalid literal for int() with base 10: 'NaN'
SpreadCheetah, read by openpyxl: 2026-01-01 10:00:00, 0.5
SpreadCheetah-NaN, read by openpyxl: invalid literal for int() with base 10: 'NaN'
exceljs, read by openpyxl: 2026-01-01 15:00:00, 0.5
E
npm install --silent --no-audit --no-fund exceljs@4.4.0 >/dev/null 2>&1
{ dotnet run write.cs; node write.mjs; /usr/bin/python3 read.py; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries write or read otherwise than noted"; exit 1; }
