using System.Collections.Immutable;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Live.UserData;

namespace ExecutionDashboard.Operations.UserData;

/// <summary>The preferences of a tab's person. A choice counts in the tab at once, and in all others of the person when the feed has stored it.</summary>
public sealed class PreferenceOperations(Person person, UserDataCopy copy, UserDataExchange exchange, IUserDataFeed feed)
{
    // What is not stored yet, or could not be.
    private ImmutableDictionary<string, string> _own = ImmutableDictionary<string, string>.Empty;

    /// <summary>A preference of this tab changed. Raised in the circuit's context.</summary>
    public event Action? Changed;

    /// <summary>What the feed keeps is known. Before, all are the defaults.</summary>
    public bool IsKnown => copy.IsLoaded;

    /// <summary>Why the last choice is not stored, one sentence; empty when it is.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The preferences as they are now.</summary>
    public PersonalPreferences Now => PersonalPreferences.Of(Kept);

    /// <summary>A preference by its name; empty for the default.</summary>
    public string this[string name] => Kept.GetValueOrDefault(name) ?? "";

    private IReadOnlyDictionary<string, string> Kept => _own.IsEmpty ? copy.PreferencesOf(person.Key) : copy.PreferencesOf(person.Key).ToImmutableDictionary().SetItems(_own);

    /// <summary>Keeps one of <see cref="PersonalPreferences"/>. Gives why not; empty when it is stored.</summary>
    public Task<string> ChooseAsync(string name, string value, CancellationToken cancel = default) =>
        PersonalPreferences.Problem(name, value) is { Length: > 0 } problem ? Task.FromResult(problem) : KeepAsync(name, value, cancel);

    /// <summary>Keeps anything under a name. Gives why not; empty when it is stored.</summary>
    internal async Task<string> KeepAsync(string name, string value, CancellationToken cancel)
    {
        _own = _own.SetItem(name, value);
        Changed?.Invoke();
        var problem = person.Key.Length == 0 ? "This browser keeps no cookies, so it cannot be recognized." : await feed.SaveAsync(new SavePreferencesRequest([new Preference(person.Key, name, value)]), cancel) ?? await exchange.ReadAsync(cancel);
        Problem = problem is { Length: > 0 } ? $"Not saved, for this tab only: {problem}" : "";
        // A newer choice may be on its way.
        if (Problem.Length == 0 && _own.GetValueOrDefault(name) == value) _own = _own.Remove(name);
        Changed?.Invoke();
        return Problem;
    }
}
