#!/usr/bin/env bash
# Software: Npgsql 10.0.3 (NuGet), PostgreSQL 15.20 (Debian postgresql-15 15.20-0+deb12u1), a session in the zone of Berlin.
# Expected: a TimeSpan of 24 hours reaches the database as 24 hours.
# Happens:  it arrives as the interval "1 day", and 36 hours as "1 day 12:00:00". To a timestamptz the database adds a day by the calendar, so over the night in which clocks
#           change 24 hours are 25, or 23. The 24 hours that SQL itself writes are 24.
# Matters:  "expires after 24 hours", or "older than @age", is off by an hour twice a year, in sessions that are not in UTC; the same code in .NET is right.
set -euo pipefail
dir=$(mktemp -d); stop() { [ ! -f "$dir/data/postmaster.pid" ] || runuser -u postgres -- "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null; rm -rf "$dir"; }
bin=/usr/lib/postgresql/15/bin; trap stop EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s postgresql-15 >/dev/null 2>&1 || apt-get install -y --no-install-recommends postgresql-15 >/dev/null
version=$(dpkg-query -W -f '${Version}' postgresql-15)
[ "$version" = 15.20-0+deb12u1 ] || { echo "postgresql-15 is $version, this was seen on 15.20-0+deb12u1"; exit 1; }

cat > ask.cs <<'E'
#:package Npgsql@10.0.3
#:property PublishAot=false
using Npgsql;
await using var database = NpgsqlDataSource.Create("Host=127.0.0.1;Port=15439;Username=postgres;Database=postgres;Timezone=Europe/Berlin");
foreach (var hours in new[] { 12, 24, 36 })
    Console.WriteLine($"{hours} hours of .NET: {await Ask("select ($1::interval)::text", hours)}");
foreach (var (name, noon) in new[] { ("autumn", "2026-10-24 12:00:00+02"), ("spring", "2026-03-28 12:00:00+01") })
{
    Console.WriteLine($"{name}, {noon} and 24 hours of .NET: {await Ask($"select (timestamptz '{noon}' + $1)::text", 24)}");
    Console.WriteLine($"{name}, {noon} and 24 hours of SQL: {await Ask($"select (timestamptz '{noon}' + interval '24 hours')::text")}");
}

async Task<object?> Ask(string sql, int? hours = null)
{
    await using var command = database.CreateCommand(sql);
    if (hours is { } count) command.Parameters.Add(new NpgsqlParameter { Value = TimeSpan.FromHours(count) });
    return await command.ExecuteScalarAsync();
}
E
cat > expected <<'E'
12 hours of .NET: 12:00:00
24 hours of .NET: 1 day
36 hours of .NET: 1 day 12:00:00
autumn, 2026-10-24 12:00:00+02 and 24 hours of .NET: 2026-10-25 12:00:00+01
autumn, 2026-10-24 12:00:00+02 and 24 hours of SQL: 2026-10-25 11:00:00+01
spring, 2026-03-28 12:00:00+01 and 24 hours of .NET: 2026-03-29 12:00:00+02
spring, 2026-03-28 12:00:00+01 and 24 hours of SQL: 2026-03-29 13:00:00+02
E
dotnet build ask.cs -v quiet -o out >/dev/null
chmod 755 . && mkdir data && chown postgres data
runuser -u postgres -- "$bin/initdb" -D data -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
runuser -u postgres -- "$bin/pg_ctl" -D data -o "-p 15439 -c unix_socket_directories='' -c listen_addresses=127.0.0.1" -l data/log -w start >/dev/null
dotnet out/ask.dll > seen
cat seen
diff expected seen || { echo "CHANGED: Npgsql or PostgreSQL reckons otherwise than noted"; exit 1; }
