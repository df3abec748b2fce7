namespace Parley.Conversations;

/// <summary>Fields of a conversation that are stored as they come (protocol 9.3). The order is part of the store.</summary>
public enum OpaqueField : byte { Note, Topic, CampaignInfo, MetaData, CsatSeen }
