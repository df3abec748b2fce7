namespace Parley.Journal;

/// <summary>Somebody began to move an installation to this place and did not finish: nobody may serve what is there.</summary>
public sealed class UnfinishedImportException(string place)
    : IOException($"'{place}' holds an import that was not finished: 'parley migrate --resume' goes on with it.");
