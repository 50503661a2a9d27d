#!/usr/bin/env bash
# Software: .NET 10.0 (seen on 10.0.12), Ulid 1.4.1, NUlid 1.7.3 and UUIDNext 4.2.4 (NuGet), ulid 3.0.2 and uuid 14.0.3 (npm).
# Expected: ids that are made to be sorted by time sort, within one process, in the order in which they were made; a ULID as Guid is the same Guid everywhere.
# Happens:  within a millisecond the order is chance in Guid.CreateVersion7, Ulid, NUlid and ulid; only UUIDNext and uuid go on counting.
#           The two ULID libraries turn one ULID into two different Guids: of one the text sorts by time, of the other the bytes.
# Matters:  "the newest change is the one with the greatest id", or "read all after this id", loses or repeats rows that were written in one batch;
#           two services that share ids as Guids do not find each other's.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > ids.cs <<'E'
#:package Ulid@1.4.1
#:package NUlid@1.7.3
#:package UUIDNext@4.2.4
#:property PublishAot=false
#:property InvariantGlobalization=true
Order("Guid.CreateVersion7", () => $"{Guid.CreateVersion7()}");
Order("Ulid", () => $"{Ulid.NewUlid()}");
Order("NUlid", () => $"{NUlid.Ulid.NewUlid()}");
Order("UUIDNext", () => $"{UUIDNext.Uuid.NewDatabaseFriendly(UUIDNext.Database.SQLite)}");
Console.WriteLine($"Ulid: 01ARZ3NDEKTSV4RRFFQ69G5FAV is {Ulid.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").ToGuid()}");
Console.WriteLine($"NUlid: 01ARZ3NDEKTSV4RRFFQ69G5FAV is {NUlid.Ulid.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").ToGuid()}");

static void Order(string name, Func<string> make)
{
    var ids = Enumerable.Range(0, 5000).Select(_ => make()).ToList();
    Console.WriteLine($"{name}: {(ids.SequenceEqual(ids.Order(StringComparer.Ordinal)) ? "in order" : "out of order")}");
}
E
cat > ids.mjs <<'E'
import { ulid } from 'ulid';
import { v7 } from 'uuid';
for (const [name, make] of [['npm ulid', () => ulid()], ['npm uuid', () => v7()]]) {
  const ids = Array.from({ length: 5000 }, make);
  console.log(`${name}: ${ids.every((id, i) => i === 0 || ids[i - 1] <= id) ? 'in order' : 'out of order'}`);
}
E
cat > expected <<'E'
Guid.CreateVersion7: out of order
Ulid: out of order
NUlid: out of order
UUIDNext: in order
Ulid: 01ARZ3NDEKTSV4RRFFQ69G5FAV is 01563e3a-b5d3-d676-4c61-efb99302bd5b
NUlid: 01ARZ3NDEKTSV4RRFFQ69G5FAV is 3a3e5601-d3b5-76d6-4c61-efb99302bd5b
npm ulid: out of order
npm uuid: in order
E
npm install --silent --no-audit --no-fund ulid@3.0.2 uuid@14.0.3 >/dev/null
{ dotnet run ids.cs; node ids.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries make ids otherwise than noted"; exit 1; }
