#!/usr/bin/env bash
# Software: Blazor of ASP.NET Core 10.0 (seen on 10.0.12), NavigationManager and [SupplyParameterFromQuery], rendered by bunit 2.15.2; zone Europe/Berlin.
# Expected: what GetUriWithQueryParameter writes, [SupplyParameterFromQuery] reads back as the same value; a time with a Z is read as UTC, as minimal APIs do.
# Happens:  a DateTime is written month first, without its fraction and without its zone; it comes back as Unspecified. A TimeOnly loses its seconds.
#           A time with a Z is turned into the local time of the server. 1,5 is read as 15. A DateTimeOffset or an enum is refused.
# Matters:  a link to a moment, sent to a colleague, shows another one, by up to a day; which one depends on the zone of the server that opens it.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir TZ=Europe/Berlin

cat > query.cs <<'E'
#:sdk Microsoft.NET.Sdk.Razor
#:package bunit@2.15.2
#:property PublishAot=false
#:property OutputType=Exe
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
await using var context = new BunitContext();
var navigation = context.Services.GetRequiredService<NavigationManager>();
var time = new DateTime(2026, 11, 29, 5, 21, 32, 123, DateTimeKind.Utc);
Show("written", navigation.GetUriWithQueryParameter("at", time));
Show("by hand", "?at=2026-11-29T05:21:32.123Z");
navigation.NavigateTo("");
Show("written", navigation.GetUriWithQueryParameter("of", new TimeOnly(5, 21, 32)));
Show("by hand", "?share=1,5");
foreach (var value in new object[] { new DateTimeOffset(time), DayOfWeek.Friday })
{
    try { navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["value"] = value }); }
    catch (InvalidOperationException) { Console.WriteLine($"{value.GetType().Name}: refused"); }
}

void Show(string how, string address)
{
    navigation.NavigateTo(address);
    Console.WriteLine($"{how} {address.Replace("http://localhost/", "")}: {context.Render<Page>().Instance}");
}

public class Page : ComponentBase
{
    [SupplyParameterFromQuery(Name = "at")] public DateTime? At { get; set; }
    [SupplyParameterFromQuery(Name = "of")] public TimeOnly? Of { get; set; }
    [SupplyParameterFromQuery(Name = "share")] public double? Share { get; set; }
    public override string ToString() => At is { } at ? $"{at:yyyy-MM-ddTHH:mm:ss.fff} {at.Kind}" : Of is { } of ? $"{of:HH:mm:ss}" : $"{Share}";
}
E
cat > expected <<'E'
written ?at=11%2F29%2F2026%2005%3A21%3A32: 2026-11-29T05:21:32.000 Unspecified
by hand ?at=2026-11-29T05:21:32.123Z: 2026-11-29T06:21:32.123 Local
written ?of=05%3A21: 05:21:00
by hand ?share=1,5: 15
DateTimeOffset: refused
DayOfWeek: refused
E
dotnet run query.cs > seen
cat seen
diff expected seen || { echo "CHANGED: Blazor writes or reads otherwise than noted"; exit 1; }
