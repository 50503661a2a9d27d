using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Tests.Components.Shared.Live;

/// <summary>A browser that tells late where it has gone.</summary>
internal sealed class LateBrowser : NavigationManager
{
    private int _told;

    public LateBrowser(string address) => Initialize("http://localhost/", "http://localhost/" + address);

    /// <summary>The addresses that it was sent to, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Tells of the next one, as a browser writes it.</summary>
    public void TellNext() => GoBy(Asked[_told++]);

    /// <summary>Goes somewhere by itself: a link, or a step in its history.</summary>
    public void GoBy(string address)
    {
        Uri = ToAbsoluteUri(address).ToString();
        NotifyLocationChanged(isInterceptedLink: false);
    }

    protected override void NavigateToCore(string uri, NavigationOptions options) => Asked.Add(uri);
}
