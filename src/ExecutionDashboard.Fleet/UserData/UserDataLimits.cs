namespace ExecutionDashboard.Fleet.UserData;

/// <summary>What is kept of people at most.</summary>
public static class UserDataLimits
{
    /// <summary>Pages that have views, as their paths.</summary>
    public static IReadOnlyList<string> Pages { get; } = ["attention", "deployments", "executions", "jobs", "nodes", "timeline"];

    /// <summary>Characters of a view's id.</summary>
    public const int Id = 40;

    /// <summary>Characters of a view's name.</summary>
    public const int Name = 80;

    /// <summary>Characters of a view's query.</summary>
    public const int Query = 4_000;

    /// <summary>Characters of an owner's key.</summary>
    public const int Owner = 100;

    /// <summary>Characters of a person's name.</summary>
    public const int Person = 100;

    /// <summary>Private views of one owner.</summary>
    public const int PrivateViews = 200;

    /// <summary>Shared views of all.</summary>
    public const int SharedViews = 500;

    /// <summary>Views of all owners.</summary>
    public const int Views = 20_000;

    /// <summary>Characters of a preference's name.</summary>
    public const int PreferenceName = 40;

    /// <summary>Characters of a preference's value: the order of all views of a page.</summary>
    public const int PreferenceValue = 32_000;

    /// <summary>Preferences of one owner.</summary>
    public const int PreferencesOfOwner = 40;

    /// <summary>Preferences of all owners.</summary>
    public const int Preferences = 100_000;

    /// <summary>Start of the owner's key of a sign-in, which dashboards keep for each other; the rest is its id.</summary>
    public const string SignInPrefix = "sign-in:";

    /// <summary>Name of the preference that has the sign-in itself.</summary>
    public const string SignInName = "session";

    /// <summary>Name of the preference that says which dashboard renews the sign-in, and until when it may.</summary>
    public const string RenewalName = "renewal";

    /// <summary>How long the right to renew a sign-in lasts that is not given back: longer than a provider is waited for.</summary>
    public static TimeSpan RenewalTurn { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Sign-ins kept: of more, those that changed the longest ago are forgotten.</summary>
    public const int SignIns = 2_000;

    /// <summary>Preferences saved at once.</summary>
    public const int PreferencesAtOnce = 20;
}
