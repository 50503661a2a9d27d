using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Filters;

namespace ExecutionDashboard.Tests.Fleet.Filters;

/// <summary>Random filters with odd texts in them.</summary>
internal static class FilterGen
{
    private const string OddCharacters = "&=, %+?#/:-_*\\<>.é→\"'()\n";

    private static readonly Gen<char> Odd = Gen.Int[0, OddCharacters.Length - 1].Select(i => OddCharacters[i]);

    private static readonly Gen<string> Text = Gen.String[Gen.OneOf(Gen.Char['a', 'f'], Odd), 0, 8];

    private static readonly Gen<FilterValue> Name = Gen.OneOf(
        Text.Select(t => new FilterValue(t)),
        Gen.Select(Text, Text).Select((a, b) => new FilterValue(Escaped(a) + "*" + Escaped(b), IsPattern: true)));

    private static readonly Gen<FilterField> NameField =
        One(FilterField.Job, FilterField.Node, FilterField.Deployment, FilterField.Namespace, FilterField.Type, FilterField.System, FilterField.Architecture, FilterField.Id, FilterField.Error, FilterField.Agent);

    private static readonly Gen<string> Time = Gen.OneOf(
        Gen.Long[0, DateTime.MaxValue.Ticks].Select(t => FilterTime.Text(new DateTimeOffset(t, TimeSpan.Zero))),
        Gen.Int[0, 40_000_000].Select(s => FilterTime.Text(TimeSpan.FromSeconds(s))));

    private static readonly Gen<FilterTest> Comparison = One(FilterTest.Below, FilterTest.AtMost, FilterTest.Above, FilterTest.AtLeast);

    /// <summary>A condition that executions can be filtered by.</summary>
    public static Gen<FilterCondition> Condition { get; } = Gen.OneOf(
        Gen.Select(One(FilterField.State, FilterField.Desired), Text.List[1, 3], Gen.Bool).Select((field, values, not) => new FilterCondition(field, [.. values.Select(v => new FilterValue(ExecutionState.Parse(v).Name))], Not: not)),
        Gen.Select(One("current", "replaced", "drifting", "unreachable"), Gen.Bool).Select((word, not) => FilterCondition.Of(FilterField.Is, word, not)),
        Gen.Select(One("message", "error", "node"), Gen.Bool).Select((word, not) => FilterCondition.Of(FilterField.Has, word, not)),
        Gen.Select(NameField, Name.List[1, 3], Gen.Bool).Select((field, values, not) => new FilterCondition(field, values, Not: not)),
        Gen.Select(Gen.Int.List[1, 2], Gen.Bool).Select((values, not) => new FilterCondition(FilterField.Version, [.. values.Select(v => new FilterValue($"{v}"))], Not: not)),
        Gen.Select(Gen.Int, Comparison).Select((value, test) => new FilterCondition(FilterField.Version, [$"{value}"], test)),
        Gen.Select(Text, Comparison).Select((value, test) => new FilterCondition(FilterField.Agent, [value], test)),
        Gen.Select(One(FilterField.Changed, FilterField.Created), Time, Comparison).Select((field, time, test) => new FilterCondition(field, [time], test)),
        Gen.Select(Gen.Int[1, 900_000], Comparison).Select((seconds, test) => new FilterCondition(FilterField.For, [FilterTime.Text(TimeSpan.FromSeconds(seconds))], test)),
        One("tier=edge", "tier!=a,b", "tier in (a,b)", "tier notin (a)", "tier", "!tier", "a.b/c=\"x y\"").Select(label => FilterCondition.Of(FilterField.Label, label)),
        Gen.Select(Text.List[1, 2], Gen.Bool).Select((values, not) => new FilterCondition(FilterField.Message, [.. values.Select(v => new FilterValue(v))], Not: not)),
        Gen.Select(Text.Where(t => t.Length > 0), Gen.Bool).Select((text, not) => FilterCondition.Of(FilterField.Text, text, not)));

    /// <summary>Filters of a few conditions.</summary>
    public static Gen<Filter> Filter { get; } = Condition.List[0, 5].Select(ExecutionDashboard.Fleet.Filters.Filter.Of);

    /// <summary>A condition that a list can be filtered by.</summary>
    /// <param name="vocabulary">The terms of the list.</param>
    /// <param name="words">Texts for the values of a field; null for odd ones.</param>
    public static Gen<FilterCondition> ConditionOf(FilterVocabulary vocabulary, Func<FilterField, IReadOnlyList<string>>? words = null) => Gen.OneOf(
        [.. vocabulary.Terms.Select(term => ConditionOf(term, words)), Gen.Select(Words(FilterField.Text, words).Where(t => t.Length > 0), Gen.Bool).Select((text, not) => FilterCondition.Of(FilterField.Text, text, not))]);

    /// <summary>Filters of a few conditions of a list.</summary>
    public static Gen<Filter> FilterOf(FilterVocabulary vocabulary, Func<FilterField, IReadOnlyList<string>>? words = null) => ConditionOf(vocabulary, words).List[0, 4].Select(ExecutionDashboard.Fleet.Filters.Filter.Of);

    private static Gen<FilterCondition> ConditionOf(FilterTerm term, Func<FilterField, IReadOnlyList<string>>? words)
    {
        var text = Words(term.Field, words);
        var name = words is null ? Name : Gen.OneOf(text.Select(t => new FilterValue(t)), text.Select(t => new FilterValue(t[..Math.Min(2, t.Length)] + "*", IsPattern: true)));
        return term.Kind switch
        {
            FilterValueKind.State => OneOf(text.Select(t => new FilterValue(ExecutionState.Parse(t).Name))),
            FilterValueKind.Word => OneOf(One([.. term.Words.Select(w => w.Word)]).Select(w => new FilterValue(w))),
            FilterValueKind.Number => Gen.OneOf(OneOf(Gen.Int[0, 4].Select(n => new FilterValue($"{n}"))), Compared(Gen.Int[0, 4].Select(n => $"{n}"))),
            FilterValueKind.Version => Gen.OneOf(OneOf(name), Compared(text)),
            FilterValueKind.Label => One("tier=edge", "tier!=edge", "tier in (edge,core)", "region notin (eu)", "region", "!tier").Select(label => FilterCondition.Of(FilterField.Label, label)),
            FilterValueKind.Text => OneOf(text.Select(t => new FilterValue(t))),
            FilterValueKind.Span => Compared(Gen.Int[1, 30].Select(s => FilterTime.Text(TimeSpan.FromSeconds(s)))),
            FilterValueKind.Time => Compared(words is null ? Time : Gen.OneOf(Gen.Int[0, 30].Select(s => FilterTime.Text(TimeSpan.FromSeconds(s))), text)),
            _ => OneOf(name),
        };

        Gen<FilterCondition> OneOf(Gen<FilterValue> value) => Gen.Select(value.List[1, 3], Gen.Bool).Select((values, not) => new FilterCondition(term.Field, values, Not: not));
        Gen<FilterCondition> Compared(Gen<string> value) => Gen.Select(value, Comparison).Select((bound, test) => new FilterCondition(term.Field, [bound], test));
    }

    private static Gen<string> Words(FilterField field, Func<FilterField, IReadOnlyList<string>>? words) => words is null ? Text : One([.. words(field)]);

    /// <summary>What somebody may type: terms, halves of terms and noise.</summary>
    public static Gen<string> Typed { get; } = Gen.OneOf(
        Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Odd), 0, 40],
        Gen.OneOf(
            One("state:", "-job:", "for:>", "no:", "label:", "agent:<", "created:", "is:", "version:", "foo:", "\"", "-", "*", "10m", "2.1.9", "2026-05-01", "..", ",", "tier=edge", "current", " ", " ", "failed", "a\\"),
            Condition.Select(c => $" {c} ")).List[0, 12].Select(string.Concat));

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
