using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live.UserData;

namespace ExecutionDashboard.Tests.Operations.UserData;

/// <summary>What the feed would keep, in memory; or a feed that answers with a problem.</summary>
internal sealed class KeptUserData : IUserDataFeed
{
    private readonly Dictionary<string, SavedView> _views = [];
    private readonly Dictionary<(string, string), Preference> _preferences = [];
    private long _version;

    /// <summary>Why the feed cannot be asked; null while it can.</summary>
    public string? Problem { get; set; }

    /// <summary>Whether it has a view.</summary>
    public bool Has(string id) => _views.ContainsKey(id);

    /// <summary>Puts a view as another person would.</summary>
    public SavedView Put(SavedView view) => _views[view.Id] = view with { Version = ++_version };

    /// <summary>Puts a preference as another tab would.</summary>
    public void Put(string owner, string name, string value) => _preferences[(owner, name)] = new(owner, name, value, ++_version);

    public Task<(UserDataChanges? Changes, string? Problem)> ChangesAsync(long after, CancellationToken cancel) => Task.FromResult<(UserDataChanges?, string?)>(
        Problem is null ? (new UserDataChanges(_version, true, [.. _views.Values], [], [.. _preferences.Values]), null) : (null, Problem));

    public Task<(SavedView? Saved, string? Problem)> SaveAsync(SaveViewRequest request, CancellationToken cancel)
    {
        if (Problem is not null) return Task.FromResult<(SavedView?, string?)>((null, Problem));
        if ((_views.GetValueOrDefault(request.View!.Id)?.Version ?? 0) != request.Expected) return Task.FromResult<(SavedView?, string?)>((null, "The view was changed meanwhile."));
        return Task.FromResult<(SavedView?, string?)>((Put(request.View!), null));
    }

    public Task<string?> DeleteAsync(string id, long expected, CancellationToken cancel)
    {
        if (Problem is null) _views.Remove(id);
        return Task.FromResult(Problem);
    }

    public Task<string?> SaveAsync(SavePreferencesRequest request, CancellationToken cancel)
    {
        if (Problem is null)
            foreach (var p in request.Items!) Put(p.Owner, p.Name, p.Value);
        return Task.FromResult(Problem);
    }

    public Task<(RenewalTurn? Turn, string? Problem)> TakeRenewalAsync(string session, string holder, CancellationToken cancel) =>
        Task.FromResult<(RenewalTurn?, string?)>(Problem is null ? (new RenewalTurn(true, ""), null) : (null, Problem));

    public Task<string?> EndRenewalAsync(string session, string holder, CancellationToken cancel) => Task.FromResult(Problem);
}
