using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Hosting;

/// <summary>The address of a tab, which is known before anything of it is made; that of a request is not, unless it is for a document.</summary>
internal sealed class TabAddress(NavigationManager navigation) : ITabAddress
{
    /// <inheritdoc/>
    public string Address
    {
        get
        {
            try
            {
                return navigation.Uri;
            }
            catch (InvalidOperationException)
            {
                // A request that is not for a document.
                return "";
            }
        }
    }
}
