namespace Parley.Server.Admin.Api.Explaining;

/// <summary>Where a conversation is on its way to an agent.</summary>
public enum ExplainedState : byte { Waiting, Ringing, Assigned, Closed }
