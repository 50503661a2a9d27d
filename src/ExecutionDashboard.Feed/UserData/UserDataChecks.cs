using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.UserData;

namespace ExecutionDashboard.Feed.UserData;

/// <summary>Whether what was sent to be kept of people can be taken. Each gives why not, for people; null when it can.</summary>
internal static partial class UserDataChecks
{
    public static string? Of(SaveViewRequest request)
    {
        if (request.View is not { } view) return "view is missing.";
        if (view.Id is not { Length: > 0 and <= UserDataLimits.Id } || !IdText().IsMatch(view.Id)) return $"id must have 1 to {UserDataLimits.Id} letters and digits.";
        if (view.Page is null || !UserDataLimits.Pages.Contains(view.Page)) return $"page must be one of {string.Join(", ", UserDataLimits.Pages)}.";
        if (string.IsNullOrWhiteSpace(view.Name)) return "The view needs a name.";
        if (view.Name.Length > UserDataLimits.Name) return $"The name has {view.Name.Length} characters: at most {UserDataLimits.Name} are taken.";
        if (view.Name.Any(char.IsControl)) return "The name has a line break or another control character.";
        if (view.Query is null || view.Query.Length > UserDataLimits.Query) return $"The view's address has {view.Query?.Length ?? 0} characters: at most {UserDataLimits.Query} are taken.";
        if (!QueryChars().IsMatch(view.Query)) return "The view's address has characters that no query string has.";
        if (request.Expected < 0) return "expected must not be negative.";
        return Owner(view.Owner) ?? Person(view.Author) ?? Person(view.ChangedBy);
    }

    public static string? Of(SavePreferencesRequest request)
    {
        if (request.Items is not { Count: > 0 } items || items.Any(item => item is null)) return "items is missing or has one that is null.";
        if (items.Count > UserDataLimits.PreferencesAtOnce) return $"items has {items.Count} preferences: at most {UserDataLimits.PreferencesAtOnce} are taken.";
        foreach (var item in items)
        {
            if (Owner(item.Owner) is { } problem) return problem;
            if (item.Name is not { Length: > 0 and <= UserDataLimits.PreferenceName } || !PreferenceNameText().IsMatch(item.Name)) return $"A preference's name must have 1 to {UserDataLimits.PreferenceName} lower-case letters, digits, '-' and ':'.";
            if (item.Value is null || item.Value.Length > UserDataLimits.PreferenceValue) return $"The preference '{item.Name}' has {item.Value?.Length ?? 0} characters: at most {UserDataLimits.PreferenceValue} are taken.";
            if (item.Value.Any(char.IsControl)) return $"The preference '{item.Name}' has a line break or another control character.";
        }
        return null;
    }

    public static string? OfRenewal(string session, string? holder) =>
        session.Length > UserDataLimits.Id || !IdText().IsMatch(session) ? $"The sign-in's id must have 1 to {UserDataLimits.Id} letters and digits."
        : holder is not { Length: > 0 and <= UserDataLimits.Id } || !IdText().IsMatch(holder) ? $"holder must have 1 to {UserDataLimits.Id} letters and digits."
        : null;

    private static string? Owner(string? owner) => owner is { Length: > 0 and <= UserDataLimits.Owner } && OwnerText().IsMatch(owner) ? null : $"owner must have 1 to {UserDataLimits.Owner} letters, digits, ':' and '-'.";

    private static string? Person(string? name) => name is { Length: <= UserDataLimits.Person } ? null : $"A person's name is missing or has more than {UserDataLimits.Person} characters.";

    [GeneratedRegex("^[A-Za-z0-9]+\\z")]
    private static partial Regex IdText();

    [GeneratedRegex("^[A-Za-z0-9:-]+\\z")]
    private static partial Regex OwnerText();

    [GeneratedRegex("^[a-z0-9:-]+\\z")]
    private static partial Regex PreferenceNameText();

    // What RFC 3986 allows in a query; everything else is percent-encoded.
    [GeneratedRegex(@"^[A-Za-z0-9\-._~!$&'()*+,;=:@/?%|]*\z")]
    private static partial Regex QueryChars();
}
