using System.Collections.Immutable;
using ExecutionDashboard.Fleet.UserData;

namespace ExecutionDashboard.Live.UserData;

/// <summary>This process's copy of all views and preferences. Raises <see cref="Topics.UserData"/>. Any thread reads.</summary>
public sealed class UserDataCopy(LiveSignals signals)
{
    private static readonly IReadOnlyDictionary<string, string> NoPreferences = ImmutableDictionary<string, string>.Empty;

    private readonly Lock _gate = new();
    private volatile State _state = State.Empty;

    /// <summary>Everything that the feed keeps was read at least once. Before, nothing is known of anybody.</summary>
    public bool IsLoaded => _state.IsLoaded;

    /// <summary>Preferences came: these. Raised on any thread, in the order in which they were read.</summary>
    public event Action<IReadOnlyList<Preference>>? Taken;

    /// <summary>Number of the last change that was read.</summary>
    public long Version => _state.Version;

    /// <summary>A view, whoever may see it; null when there is none.</summary>
    public SavedView? Find(string id) => _state.Views.GetValueOrDefault(id);

    /// <summary>The shared views of a page, and the private ones of an owner.</summary>
    public IEnumerable<SavedView> ViewsOf(string page, string owner) => ViewsOf(owner).Where(view => view.Page == page);

    /// <summary>The shared views of all pages, and the private ones of an owner.</summary>
    public IEnumerable<SavedView> ViewsOf(string owner)
    {
        var state = _state;
        return state.ByOwner[""].Concat(owner.Length > 0 ? state.ByOwner[owner] : []);
    }

    /// <summary>What an owner prefers, by name.</summary>
    public IReadOnlyDictionary<string, string> PreferencesOf(string owner) => _state.Preferences.TryGetValue(owner, out var preferences) ? preferences : NoPreferences;

    /// <summary>Takes what changed.</summary>
    internal void Take(UserDataChanges changes)
    {
        lock (_gate)
        {
            var before = changes.IsWhole ? State.Empty : _state;
            var views = before.Views.ToBuilder();
            foreach (var id in changes.Deleted) views.Remove(id);
            foreach (var view in changes.Views) views[view.Id] = view;
            var preferences = before.Preferences.ToBuilder();
            foreach (var of in changes.Preferences.GroupBy(p => p.Owner))
            {
                var own = preferences.TryGetValue(of.Key, out var kept) ? kept.ToBuilder() : ImmutableDictionary.CreateBuilder<string, string>();
                foreach (var preference in of)
                    if (preference.Value.Length > 0) own[preference.Name] = preference.Value;
                    else own.Remove(preference.Name);
                preferences[of.Key] = own.ToImmutable();
            }
            var all = views.ToImmutable();
            _state = new State(true, changes.Version, all, changes.Views.Count + changes.Deleted.Count > 0 || changes.IsWhole ? all.Values.ToLookup(OwnerOf) : before.ByOwner, preferences.ToImmutable());
        }
        Taken?.Invoke(changes.Preferences);
        signals.Raise(Topics.UserData);
    }

    private static string OwnerOf(SavedView view) => view.IsShared ? "" : view.Owner;

    private sealed record State(
        bool IsLoaded, long Version, ImmutableDictionary<string, SavedView> Views, ILookup<string, SavedView> ByOwner, ImmutableDictionary<string, ImmutableDictionary<string, string>> Preferences)
    {
        public static State Empty { get; } = new(false, 0, ImmutableDictionary<string, SavedView>.Empty, Array.Empty<SavedView>().ToLookup(OwnerOf), ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty);
    }
}
