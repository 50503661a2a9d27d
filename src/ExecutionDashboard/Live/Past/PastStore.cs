using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Attention;
using ExecutionDashboard.Fleet.Past;
using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Fleet.Store;

namespace ExecutionDashboard.Live.Past;

/// <summary>The fleet of a past moment, or the part of it that a scope sees.</summary>
public sealed class PastStore
{
    private readonly AttentionOptions _attention;
    private readonly Lock _gate = new();
    private Task<PastProblems>? _problems;

    internal PastStore(PastStores stores, FleetScope? scope, PastMoment moment, FleetStore store, AttentionOptions attention)
    {
        (Stores, Scope, Moment, Store, _attention) = (stores, scope, moment, store, attention);
        store.MoveTo(moment.At);
    }

    /// <summary>The fleet. Nobody changes it but for moving it while one viewer alone uses it.</summary>
    public FleetStore Store { get; private set; }

    /// <summary>The moment.</summary>
    public PastMoment Moment { get; private set; }

    internal PastStores Stores { get; }
    internal FleetScope? Scope { get; }
    internal int Users { get; set; }

    // Those of the users who can be asked to give it up.
    internal List<IPastViewer> Viewers { get; } = [];
    internal DateTimeOffset LeftAt { get; set; }

    internal bool Is(FleetScope? scope, PastMoment moment) => Equals(Scope, scope) && (Moment.LogId, Moment.Sequence, Moment.At) == (moment.LogId, moment.Sequence, moment.At);

    /// <summary>Turns it into the fleet of another moment.</summary>
    internal void MoveTo(PastMoment moment, IReadOnlyList<FleetChange> changes)
    {
        Store.Apply(changes);
        Store.MoveTo(moment.At);
        // Going back and forth teaches nothing of how long things take.
        Store.Observations.Clear();
        lock (_gate) (Store, Moment, _problems) = (Store.Again(), moment, null);
    }

    /// <summary>What was wrong at the moment: worked out once for all who look at it.</summary>
    public Task<PastProblems> ProblemsAsync()
    {
        lock (_gate)
        {
            var (store, at) = (Store, Moment.At);
            return _problems ??= Task.Run(async () =>
            {
                var found = AttentionModel.Compute(store, _attention, at);
                // The feed keeps the problems of the whole fleet: who sees a part is told none of that.
                var recorded = Scope is null ? (await Stores.Feed.ProblemsAsync(at, CancellationToken.None)).Moment : null;
                var problems = PastProblems.Of(found, recorded, at);
                // Unless it is at another moment by now.
                lock (_gate)
                {
                    if (ReferenceEquals(store, Store)) Store.MarkProblems(problems.Found);
                }
                return problems;
            });
        }
    }
}
