(SELECT CAST(j.value AS uniqueidentifier) FROM OPENJSON(@Ids) j)
