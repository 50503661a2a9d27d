namespace ExecutionDashboard.BrowserTests;

/// <summary>A fleet with a canary that awaits promotion.</summary>
public sealed class WaitingCanaryFleet() : StartedFleet(("Simulator:Scenario", "canary-waits"));
