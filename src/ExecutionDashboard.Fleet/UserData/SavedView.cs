namespace ExecutionDashboard.Fleet.UserData;

/// <summary>A named view of a page: what its address says. Immutable.</summary>
public sealed record SavedView
{
    /// <summary>Its id: 1 to <see cref="UserDataLimits.Id"/> letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>The page, as its path: one of <see cref="UserDataLimits.Pages"/>.</summary>
    public required string Page { get; init; }

    /// <summary>Its name, at most <see cref="UserDataLimits.Name"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>Query string of the page's address, without <c>?</c>: filters, sort, columns. Empty for the page's default. Only the page can tell whether it can be read.</summary>
    public string Query { get; init; } = "";

    /// <summary>Whose it is: the key of a person or of a browser.</summary>
    public required string Owner { get; init; }

    /// <summary>Everybody sees it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Name of the person who saved it first; empty where nobody signs in.</summary>
    public string Author { get; init; } = "";

    /// <summary>Name of the person who changed it last; empty where nobody signs in.</summary>
    public string ChangedBy { get; init; } = "";

    /// <summary>When it was changed last, UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Number of its last change, counted over everything that is kept of people.</summary>
    public long Version { get; init; }
}

/// <summary>One thing that a person prefers.</summary>
/// <param name="Owner">The key of a person or of a browser.</param>
/// <param name="Name">Which, such as <c>zone</c> or <c>default:executions</c>.</param>
/// <param name="Value">What; empty for the default.</param>
/// <param name="Version">Number of its last change: see <see cref="SavedView.Version"/>.</param>
public sealed record Preference(string Owner, string Name, string Value, long Version = 0);

/// <summary>What changed of views and preferences since a version.</summary>
/// <param name="Version">Number of the last change: see <see cref="FeedStatus.UserDataVersion"/>.</param>
/// <param name="IsWhole">This is all there is, not only what changed.</param>
/// <param name="Views">Views that are new or changed.</param>
/// <param name="Deleted">Ids of views that were deleted.</param>
/// <param name="Preferences">Preferences that changed.</param>
public sealed record UserDataChanges(long Version, bool IsWhole, IReadOnlyList<SavedView> Views, IReadOnlyList<string> Deleted, IReadOnlyList<Preference> Preferences);

/// <summary>A view to save, put to <see cref="FeedContract.ViewsPath"/>.</summary>
/// <param name="View">The view. The feed sets its version and its time.</param>
/// <param name="Expected">Version of the view that it replaces, 0 for a new one: what somebody else changed meanwhile is not overwritten.</param>
public sealed record SaveViewRequest(SavedView? View, long Expected = 0);

/// <summary>Preferences to keep, put to <see cref="FeedContract.PreferencesPath"/>.</summary>
/// <param name="Items">At most <see cref="UserDataLimits.PreferencesAtOnce"/>, of any owner.</param>
public sealed record SavePreferencesRequest(IReadOnlyList<Preference>? Items);
