namespace Parley.Client;

/// <summary>Someone in a conversation.</summary>
/// <param name="Id">A consumer's id or an agent's public id.</param>
/// <param name="Role">For example <c>CONSUMER</c>, <c>ASSIGNED_AGENT</c>, <c>MANAGER</c>, <c>READER</c>.</param>
public sealed record ConversationParticipant(string Id, string Role);
