using CsCheck;
using ExecutionDashboard.Fleet.Times;
using NodaTime;

namespace ExecutionDashboard.Tests.Components.Shared.Times;

/// <summary>Random zones, and times of which half are near a change of the zone's clocks.</summary>
internal static class TimeGen
{
    public static readonly DateTimeOffset Now = new(2026, 11, 29, 19, 30, 0, TimeSpan.Zero);

    private static readonly Instant First = Instant.FromUtc(1970, 1, 3, 0, 0), End = Instant.FromUtc(2060, 1, 1, 0, 0);

    // Half an hour of summer time, two hours of it, changes at midnight and across the date line among all others.
    private static readonly string[] Odd =
        ["Australia/Lord_Howe", "Antarctica/Troll", "America/Havana", "Asia/Beirut", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu", "America/St_Johns", "Europe/Berlin", "America/New_York", "Africa/Casablanca", "UTC"];

    private static readonly string[] All = [.. DateTimeZoneProviders.Tzdb.Ids];

    public static readonly Gen<DateTimeZone> Zone = Gen.OneOf(One(Odd), One(All)).Select(id => DateTimeZoneProviders.Tzdb[id]);

    // Whole minutes mostly, so that short texts are tried, too.
    private static readonly Gen<long> Ticks = Gen.OneOf(Gen.Const(TimeSpan.TicksPerMinute), Gen.Const(TimeSpan.TicksPerSecond), Gen.Const(1L));

    public static Gen<DateTimeOffset> TimeIn(DateTimeZone zone)
    {
        var changes = zone.GetZoneIntervals(First, End).Where(i => i.HasStart && i.Start > First).Select(i => i.Start.ToDateTimeOffset()).ToArray();
        var any = Gen.Long[First.ToDateTimeOffset().UtcTicks, End.ToDateTimeOffset().UtcTicks];
        var near = changes.Length == 0 ? any : Gen.Select(One(changes), Gen.Long[-4 * TimeSpan.TicksPerHour, 4 * TimeSpan.TicksPerHour], (change, by) => change.UtcTicks + by);
        return Gen.Select(Gen.OneOf(any, near), Ticks, (ticks, step) => new DateTimeOffset(ticks - ticks % step, TimeSpan.Zero));
    }

    public static Gen<Moment> MomentIn(DateTimeZone zone) => Gen.OneOf(TimeIn(zone).Select(Moment.At), Gen.Int[1, 400_000_000].Select(s => Moment.Before(TimeSpan.FromSeconds(Math.Min(s, 316_000_000)))));

    public static Gen<TimeRange> RangeIn(DateTimeZone zone) =>
        Gen.Select(Gen.OneOf(MomentIn(zone).Select(m => (Moment?)m), Gen.Const((Moment?)null)), Gen.OneOf(MomentIn(zone).Select(m => (Moment?)m), Gen.Const((Moment?)null)))
            .Select(ends => ends.Item1?.Seen(Now) >= ends.Item2?.Seen(Now) ? TimeRange.Of(ends.Item2, ends.Item1) : TimeRange.Of(ends.Item1, ends.Item2))
            .Where(range => !(range.From?.Seen(Now) >= range.To?.Seen(Now)));

    /// <summary>A zone with something of it.</summary>
    public static Gen<(DateTimeZone Zone, T Value)> Zoned<T>(Func<DateTimeZone, Gen<T>> value) => Zone.SelectMany(zone => value(zone).Select(v => (zone, v)));

    public static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
