using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Components.Shared.Times;

public sealed partial class TimeText
{
    private static readonly string[] AllWords = ["", "all", "all times", "any time"];

    /// <summary>
    /// Reads a range: <c>last 30 min</c>, a day, a month, <c>since …</c>, <c>until …</c>, or two moments with <c>..</c> or <c>to</c> between them. A day at an end counts whole.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The time at which it is typed.</param>
    public TimeReading<TimeRange> ReadRange(string text, DateTimeOffset now)
    {
        text = text.Trim();
        if (text.Length > 200) return Not("This is too long for a range of time.");
        if (AllWords.Contains(text, StringComparer.OrdinalIgnoreCase)) return Range(null, null);
        if (Last().Match(text) is { Success: true } last)
        {
            var length = last.Groups["span"].Value;
            return SpanText.TryRead(length, out var span) || SpanText.TryUnit(length, out span) ? Range(Moment.Before(span), null)
                : Not($"'{length}' is not a length of time such as 30 min, 2h or 1d12h, at most ten years.");
        }
        if (SpanText.TryRead(text.TrimStart('-', '−'), out var bare)) return Range(Moment.Before(bare), null);
        var parts = Separator().Split(text);
        if (parts.Length > 2) return Not("A range has two ends, such as 10:30 .. 11:00.");
        if (parts.Length == 2) return Between(parts[0], parts[1]);
        if (Until().Match(text) is { Success: true } until) return Between("", until.Groups["end"].Value);
        if (Since().Match(text) is { Success: true } since) return Between(since.Groups["end"].Value, "");
        var point = ReadPoint(text, now, null);
        return point.Problem.Length > 0 ? new(null, point.Problem, point.Choices) : Range(point.Begin, point.End);

        TimeReading<TimeRange> Between(string first, string second)
        {
            var begin = Since().Match(first) is { Success: true } from ? from.Groups["end"].Value : first;
            if (begin.Length + second.Length == 0) return Not("A time is missing.");
            var start = begin.Length > 0 ? ReadPoint(begin, now, null) : null;
            if (start is { Problem.Length: > 0 }) return new(null, start.Problem, [.. start.Choices.Select(choice => With(begin, choice))]);
            var end = second.Length > 0 ? ReadPoint(second, now, start?.Begin.Seen(now)) : null;
            if (end is { Problem.Length: > 0 }) return new(null, end.Problem, [.. end.Choices.Select(choice => text[..^second.Length] + choice)]);
            return Range(start?.Begin, end?.End ?? end?.Begin);
        }

        string With(string part, string choice) => text.IndexOf(part, StringComparison.Ordinal) is var at && at < 0 ? choice : text[..at] + choice + text[(at + part.Length)..];

        TimeReading<TimeRange> Range(Moment? from, Moment? to)
        {
            var (begin, end) = (from?.Seen(now), to?.Seen(now));
            return begin >= end ? Not("The range ends before it begins.") : new(TimeRange.Of(from, to), "", []);
        }

        static TimeReading<TimeRange> Not(string problem) => new(null, problem, []);
    }

    [GeneratedRegex(@"^(?:last|past)\s+(?<span>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Last();

    [GeneratedRegex(@"^(?:since|from|after|between)\s+(?<end>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Since();

    [GeneratedRegex(@"^(?:until|before|to)\s+(?<end>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Until();

    [GeneratedRegex(@"\s*\.\.\s*|\s+(?:to|until|and|-|–|—|→)\s+|\s*[–—→]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
