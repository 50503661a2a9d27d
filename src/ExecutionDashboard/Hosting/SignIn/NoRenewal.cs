namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>For modes without a provider: there are no tokens.</summary>
internal sealed class NoRenewal : ITokenRenewal
{
    public Task<TokenRenewal> RenewAsync(Session session, CancellationToken cancel) => Task.FromResult(TokenRenewal.No);
}
