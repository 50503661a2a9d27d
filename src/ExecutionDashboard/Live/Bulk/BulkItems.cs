using ExecutionDashboard.Fleet.Bulk;

namespace ExecutionDashboard.Live.Bulk;

/// <summary>A run with all of its items, at one version. Immutable.</summary>
/// <param name="Run">The run.</param>
/// <param name="Items">Its items, by number.</param>
public sealed record BulkRunView(BulkRun Run, IReadOnlyList<BulkItem> Items)
{
    /// <summary>This view with what changed since.</summary>
    public static BulkRunView With(BulkRunView? before, BulkRunItems changed)
    {
        if (before is null) return new(changed.Run, changed.Items);
        if (changed.Run.Version <= before.Run.Version) return before;
        if (changed.Items.Count == 0) return before with { Run = changed.Run };
        var items = before.Items.ToArray();
        foreach (var item in changed.Items) items[item.Number] = item;
        return new(changed.Run, items);
    }
}

/// <summary>The items of the runs that somebody looks at, asked for once for all who do: only what changed. Safe for any thread.</summary>
public sealed class BulkItems(IBulkFeed feed)
{
    private const int Held = 8;

    private readonly SemaphoreSlim _asking = new(1);
    private readonly List<BulkRunView> _views = [];

    /// <summary>A run as it is at a version or later, or why it is not known.</summary>
    public async Task<(BulkRunView? View, string Problem)> OfAsync(string id, long version, CancellationToken cancel)
    {
        await _asking.WaitAsync(cancel);
        try
        {
            var held = _views.Find(v => v.Run.Id == id);
            if (held is not null && held.Run.Version >= version) return (held, "");
            var reply = await feed.ItemsAsync(id, held?.Run.Version ?? 0, cancel);
            if (reply.Value is not { } changed) return (held, reply.Problem);
            var view = BulkRunView.With(held, changed);
            _views.RemoveAll(v => v.Run.Id == id);
            _views.Insert(0, view);
            if (_views.Count > Held) _views.RemoveAt(Held);
            return (view, "");
        }
        finally
        {
            _asking.Release();
        }
    }
}
