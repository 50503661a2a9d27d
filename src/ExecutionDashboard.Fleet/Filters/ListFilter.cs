using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Fleet.Filters;

/// <summary>
/// The filter language of a list: each of its terms once, with what it means and how an entity meets it. For lists whose entities are tested one by one; executions, of
/// which there are millions, are tested by column.
/// </summary>
/// <typeparam name="T">An entity, with what its conditions need.</typeparam>
public sealed class ListFilter<T>
{
    private readonly string _thing;
    private readonly Func<T, string, bool> _hasText;
    private readonly List<FilterTerm> _terms = [];
    private readonly Dictionary<FilterField, Func<FilterCondition, long, Func<T, bool>>> _tests = [];

    /// <summary>A list without terms.</summary>
    /// <param name="thing">What is filtered, in the plural.</param>
    /// <param name="hasText">Whether an entity has a text, whatever its case.</param>
    public ListFilter(string thing, Func<T, string, bool> hasText) => (_thing, _hasText) = (thing, hasText);

    /// <summary>The terms.</summary>
    public FilterVocabulary Vocabulary => field ??= new(_thing, _terms);

    /// <summary>A term whose conditions the list tests itself.</summary>
    public ListFilter<T> Apart(FilterField field, FilterValueKind kind, string hint) => Add(field, kind, hint);

    /// <summary>Texts: one of them is the value or matches its pattern, whatever its case.</summary>
    public ListFilter<T> Names(FilterField field, string hint, Func<T, string> text) =>
        Add(field, FilterValueKind.Name, hint, (condition, _) => entity => AnyOf(condition, text(entity)));

    /// <summary>Entities that are named by their id or name. An id that exists is that one thing, even if another has it as its name.</summary>
    /// <param name="field">The field.</param>
    /// <param name="hint">What it filters by.</param>
    /// <param name="named">Ids and names of those that an entity belongs to.</param>
    /// <param name="isId">Whether a text is the id of one.</param>
    public ListFilter<T> Entities(FilterField field, string hint, Func<T, IEnumerable<(string Id, string Name)>> named, Func<T, string, bool> isId) =>
        Add(field, FilterValueKind.Name, hint, (condition, _) => entity =>
        {
            foreach (var (id, name) in named(entity))
                foreach (var value in condition.Values)
                    if (value.IsPattern ? value.Matches(name) || value.Matches(id) : isId(entity, value.Text) ? id == value.Text : id.Length > 0 && value.Matches(name)) return true;
            return false;
        });

    /// <summary>States of executions; the empty state can be asked for by a word of its own.</summary>
    public ListFilter<T> States(FilterField field, string hint, Func<T, ExecutionState> state, string none) => Add(field, FilterValueKind.State, hint, (condition, _) =>
    {
        ExecutionState[] wanted = [.. condition.Values.Select(v => v.Text == none ? default : ExecutionState.Parse(v.Text))];
        return entity => Array.IndexOf(wanted, state(entity)) >= 0;
    });

    /// <summary>Whole numbers; what has none meets no condition.</summary>
    public ListFilter<T> Number(FilterField field, string hint, Func<T, int?> number) => Add(field, FilterValueKind.Number, hint, (condition, _) => entity => number(entity) is { } value && condition.IsMetBy(value));

    /// <summary>Versions of the agent.</summary>
    public ListFilter<T> Version(FilterField field, string hint, Func<T, string> version) => Add(field, FilterValueKind.Version, hint, (condition, _) => condition.Test == FilterTest.OneOf
        ? entity => AnyOf(condition, version(entity))
        : entity => version(entity) is { Length: > 0 } text && AgentVersions.Meets(text, condition.Test, condition.Value));

    /// <summary>Labels: one of an entity's sets of labels matches. An expression that cannot be read matches nothing; matching all would look like a result.</summary>
    public ListFilter<T> Labels(string hint, Func<T, IEnumerable<IReadOnlyDictionary<string, string>>> labels) => Add(FilterField.Label, FilterValueKind.Label, hint, (condition, _) =>
        LabelExpression.TryParse(condition.Value, out var expression, out var _)
            ? entity =>
            {
                foreach (var set in labels(entity))
                    if (expression.MatchesValue(set.GetValueOrDefault(expression.Key))) return true;
                return false;
            }
            : _ => false);

    /// <summary>Fixed words, each with its meaning and its test.</summary>
    public ListFilter<T> Words(FilterField field, string hint, params (string Word, string Hint, Func<T, bool> Test)[] words) => Add(field, FilterValueKind.Word, hint, (condition, _) =>
    {
        Func<T, bool>[] tests = [.. words.Where(w => condition.Values.Contains(w.Word)).Select(w => w.Test)];
        return tests is [var one] ? one : entity => Array.Exists(tests, test => test(entity));
    }, [.. words.Select(w => (w.Word, w.Hint))]);

    /// <summary>Text within a text, whatever its case.</summary>
    public ListFilter<T> Text(FilterField field, string hint, Func<T, string> text) => Add(field, FilterValueKind.Text, hint, (condition, _) => entity =>
    {
        foreach (var value in condition.Values)
            if (text(entity).Contains(value.Text, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    });

    /// <summary>Times; what has none meets no comparison.</summary>
    public ListFilter<T> Time(FilterField field, string hint, Func<T, DateTimeOffset?> time) => Add(field, field == FilterField.For ? FilterValueKind.Span : FilterValueKind.Time, hint, (condition, now) =>
    {
        var (from, to) = FilterTime.Range(condition, now);
        return entity => time(entity) is { } at && at.UtcTicks + 1 is var ticks && ticks >= from && (to == 0 || ticks < to);
    });

    /// <summary>A test of entities for all conditions of a filter, apart from those that the list tests itself.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="now">The time that spans are measured from; null when it is not known yet.</param>
    public Func<T, bool> Compile(Filter filter, DateTimeOffset? now)
    {
        var ticks = now is { } time ? time.UtcTicks + 1 : 0;
        var tests = new List<Func<T, bool>>(filter.Count);
        foreach (var condition in filter)
        {
            if (TestOf(condition, ticks) is not { } test) continue;
            tests.Add(condition.Not ? entity => !test(entity) : test);
        }
        return tests.Count switch
        {
            0 => _ => true,
            1 => tests[0],
            _ => entity =>
            {
                foreach (var test in tests)
                    if (!test(entity)) return false;
                return true;
            }
        };
    }

    private Func<T, bool>? TestOf(FilterCondition condition, long now)
    {
        if (condition.Field == FilterField.Text) return entity => _hasText(entity, condition.Value);
        return _tests.GetValueOrDefault(condition.Field)?.Invoke(condition, now);
    }

    private ListFilter<T> Add(FilterField field, FilterValueKind kind, string hint, Func<FilterCondition, long, Func<T, bool>>? test = null, IReadOnlyList<(string, string)>? words = null)
    {
        _terms.Add(new(FilterVocabulary.NameOf(field), field, kind, hint) { Words = words ?? [] });
        if (test is not null) _tests.Add(field, test);
        return this;
    }

    private static bool AnyOf(FilterCondition condition, string text)
    {
        foreach (var value in condition.Values)
            if (value.Matches(text)) return true;
        return false;
    }
}
