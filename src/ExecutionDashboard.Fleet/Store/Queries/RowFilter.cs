using System.Numerics;
using ExecutionDashboard.Fleet.Filters;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Indexes;
using ExecutionDashboard.Fleet.Store.Selections;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>A query's conditions for one state of the store. Created in a read and valid for that read only.</summary>
internal sealed class RowFilter
{
    private readonly ExecutionTable _table;
    private readonly RowTests _tests;
    private (long From, long To) _updated, _created;

    public RowFilter(ExecutionTable table, ExecutionQuery query, Catalog catalog)
    {
        _table = table;
        _tests = new(table, catalog);
        foreach (var condition in query.Filter)
        {
            switch (condition.Field)
            {
                case FilterField.State: States = Both(States, StatesOf(condition)); break;
                case FilterField.Desired: Desired = Both(Desired, StatesOf(condition)); break;
                case FilterField.Job when !condition.Not: Jobs = Named(table.Jobs, condition); break;
                case FilterField.Node when !condition.Not: Nodes = Named(table.Nodes, condition); break;
                case FilterField.Deployment when !condition.Not: Deployments = Named(table.Deployments, condition); break;
                case FilterField.Is when condition.Values.Count == 1: Restrict(condition.Value, !condition.Not); break;
                case FilterField.For or FilterField.Changed: Narrow(ref _updated, condition); break;
                case FilterField.Created: Narrow(ref _created, condition); break;
                default: _tests.Add(condition); break;
            }
        }
        MatchesNothing |= Empty(States) || Empty(Desired) || Empty(Jobs) || Empty(Nodes) || Empty(Deployments) || _tests.MatchNothing;
        HasRowConditions = _tests.Any || HasTimes;
        HasOnlyTimes = HasTimes && !_tests.Any && States is null && Desired is null && Jobs is null && Nodes is null && Deployments is null && Drift is null
            && Scope == ExecutionScope.All;
    }

    /// <summary>Prepares it for use by several threads.</summary>
    public void Share() => _tests.Share();

    public IdSet? States { get; private set; }
    public IdSet? Desired { get; private set; }
    public IdSet? Jobs { get; private set; }
    public IdSet? Nodes { get; private set; }
    public IdSet? Deployments { get; private set; }
    public bool? Drift { get; private set; }
    public ExecutionScope Scope { get; private set; }

    /// <summary>Whether a filter asks for a value that no execution has, or for two that exclude each other.</summary>
    public bool MatchesNothing { get; private set; }

    /// <summary>Whether there are conditions that no index covers.</summary>
    public bool HasRowConditions { get; }

    /// <summary>Whether time ranges are the only conditions.</summary>
    public bool HasOnlyTimes { get; }

    /// <summary>Range of the last change, as the column stores it; an end of 0 is open. Null without one.</summary>
    public (long From, long To)? UpdatedRange => _updated == default ? null : _updated;

    /// <summary>Range of creation, in the same form.</summary>
    public (long From, long To)? CreatedRange => _created == default ? null : _created;

    private bool HasTimes => _updated != default || _created != default;

    public bool Matches(int row)
    {
        var flags = _table.Flags[row];
        if ((flags & ExecutionTable.Live) == 0 || MatchesNothing) return false;
        if (Scope != ExecutionScope.All && (Scope == ExecutionScope.Current) != ((flags & ExecutionTable.Current) != 0)) return false;
        if (Drift is { } drift && drift != ((flags & ExecutionTable.Drifting) != 0)) return false;
        return (States is null || States.Contains(_table.State[row]))
            && (Desired is null || Desired.Contains(_table.Desired[row]))
            && (Jobs is null || Jobs.Contains(_table.Job[row]))
            && (Nodes is null || Nodes.Contains(_table.Node[row]))
            && (Deployments is null || Deployments.Contains(_table.Deployment[row]))
            && (!HasRowConditions || MatchesConditions(row));
    }

    /// <summary>Tests the conditions that no index covers.</summary>
    public bool MatchesConditions(int row) =>
        (!HasTimes || (Within(_table.Updated[row], _updated) && Within(_table.Created[row], _created))) && _tests.Pass(row);

    /// <summary>Removes the rows of a chunk that do not meet the conditions that no index covers.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="words">Its rows as bits.</param>
    public void RestrictConditions(int chunk, Span<ulong> words)
    {
        if (HasTimes)
            for (var i = 0; i < words.Length; i++)
                for (var word = words[i]; word != 0; word &= word - 1)
                {
                    var row = (chunk << Chunk.Bits) + (i << 6) + BitOperations.TrailingZeroCount(word);
                    if (!Within(_table.Updated[row], _updated) || !Within(_table.Created[row], _created)) words[i] &= ~(word & (~word + 1));
                }
        _tests.Restrict(chunk, words);
    }

    private void Restrict(string word, bool wanted)
    {
        switch (word)
        {
            case "current" or "replaced":
                var scope = word == "current" == wanted ? ExecutionScope.Current : ExecutionScope.Replaced;
                MatchesNothing |= Scope != ExecutionScope.All && Scope != scope;
                Scope = scope;
                break;
            case "drifting":
                MatchesNothing |= Drift is { } drift && drift != wanted;
                Drift = wanted;
                break;
            default:
                _tests.Add(FilterCondition.Of(FilterField.Is, word, !wanted));
                break;
        }
    }

    // Negated, all other states that there are: so the bitmaps and counts of the states serve too.
    private IdSet StatesOf(FilterCondition condition)
    {
        var numbers = condition.Values.Select(v => _table.States.Find(ExecutionState.Parse(v.Text)));
        if (!condition.Not) return IdSet.Of(numbers);
        var excluded = numbers.ToHashSet();
        return IdSet.Of(Enumerable.Range(0, _table.States.Count).Where(n => !excluded.Contains(n)));
    }

    private static IdSet Named(GroupTable groups, FilterCondition condition) => IdSet.Of(condition.Values.SelectMany(groups.Named));

    private static IdSet Both(IdSet? one, IdSet other) => one is null ? other : IdSet.Of(one.Numbers.ToArray().Where(other.Contains));

    private void Narrow(ref (long From, long To) range, FilterCondition condition)
    {
        var (from, to) = FilterTime.Range(condition, _table.Moment);
        range = (Math.Max(range.From, from), range.To == 0 ? to : to == 0 ? range.To : Math.Min(range.To, to));
        MatchesNothing |= range.To != 0 && range.From >= range.To;
    }

    // Rows without a time match no range.
    private static bool Within(long time, (long From, long To) range) => range == default || (time >= range.From && (range.To == 0 || time < range.To));

    private static bool Empty(IdSet? set) => set is { IsEmpty: true };
}
