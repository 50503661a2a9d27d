using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Operations.UserData;

/// <summary>Whose views and preferences a tab or a request has: the person who signed in, or the browser where nobody signs in.</summary>
public sealed class Person(ICurrentUser user)
{
    private string _browser = "";

    /// <summary>The key that things are kept under; empty when it is not known.</summary>
    public string Key => user.Now.Key is { Length: > 0 } key ? "user:" + key : _browser.Length > 0 ? "browser:" + _browser : "";

    /// <summary>Name of the person; empty where nobody signs in.</summary>
    public string Name => user.Now.Name;

    /// <summary>Whether people sign in.</summary>
    public bool SignsIn => user.Now.Key.Length > 0;

    /// <summary>Names the browser of the tab.</summary>
    public void UseBrowser(string id) => _browser = BrowserId.IsOne(id) ? id : "";
}
