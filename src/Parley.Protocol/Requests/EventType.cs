namespace Parley.Protocol.Requests;

/// <summary>The kinds of <c>event</c> in a publish (protocol 10.2).</summary>
public enum EventType : byte { Content, RichContent, AcceptStatus, ChatState }
