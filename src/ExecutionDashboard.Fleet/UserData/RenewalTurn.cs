namespace ExecutionDashboard.Fleet.UserData;

/// <summary>Whether a dashboard may renew a sign-in at its provider now. A refresh token may work once only, so one dashboard at a time does.</summary>
/// <param name="IsGranted">It may, until it gives the right back or <see cref="UserDataLimits.RenewalTurn"/> has passed; else another one is at it.</param>
/// <param name="Session">The sign-in as it was stored last, as <see cref="Preference.Value"/>; empty when it is not known.</param>
public sealed record RenewalTurn(bool IsGranted, string Session);
